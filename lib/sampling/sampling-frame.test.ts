import { expect, test } from "vitest";
import { samplingHash } from "@/lib/stats/sampling-hash";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { forgetFrames, openFrame } from "./sampling-frame";
import { MOST_STRATUM_VALUES, type SamplingUnit } from "./sampling-unit";
import { openSamplingSecret, sealSamplingSecret } from "./seal-sampling-secret";

const { db, pool } = await testDatabase();
const noon = new Date("2026-03-02T12:00:00Z");

function unit(externalId: string, more: Partial<SamplingUnit> = {}): SamplingUnit {
  return {
    externalId,
    cluster: null,
    phase: "PRODUCTION",
    segments: {},
    flagged: false,
    hasTruth: false,
    instant: noon,
    ...more,
  };
}

test("every stored decision recomputes identically", async () => {
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 700, attribute: "area", expectedPerDay: 1000 },
  });
  const outputs = Array.from({ length: 3000 }, (_, at) => ({
    externalId: `order-${at}`,
    instant: new Date(noon.getTime() + (at % 3) * 86_400_000),
    segments: { area: `area ${at % 4}` },
    flagged: at % 10 === 0,
    cluster: at % 7 === 0 ? `session ${at % 21}` : null,
  }));
  for (let from = 0; from < outputs.length; from += 500) {
    await storeOutputs({ db, pool }, sampled, outputs.slice(from, from + 500));
  }
  const { rows } = await pool.query(
    `SELECT output.external_id, output.cluster, output.random_number, opened.rate, sample.output_id IS NOT NULL AS sampled, plan.version,
       EXISTS (SELECT 1 FROM review_slot WHERE output_id = output.id AND look = 2) AS second
     FROM output JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id) JOIN epoch ON epoch.id = opened.epoch_id
     JOIN sampling_plan plan ON plan.id = epoch.plan_id LEFT JOIN sample ON sample.output_id = output.id
     WHERE output.project_id = $1`,
    [sampled.project.id],
  );
  expect(rows).toHaveLength(3000);
  const secret = openSamplingSecret(sampled.project.id, sampled.project.sealedSamplingSecret);
  const projectId = sampled.project.samplingScope;
  let seen = 0;
  for (const row of rows) {
    const u = samplingHash({ secret, salt: "sample-v1", projectId, unitKey: row.cluster ?? row.external_id });
    expect(u).toBe(row.random_number);
    expect(row.rate).toBeGreaterThan(0);
    expect(row.sampled).toBe(u < row.rate);
    const second = samplingHash({ secret, salt: "double-v1", projectId, unitKey: row.external_id }) < 0.1;
    expect(row.second).toBe(row.sampled && second);
    expect(row.version).toBe(1);
    if (row.sampled) seen += 1;
  }
  expect(seen).toBeGreaterThan(100);
  report(`recomputed 3000 decisions, ${seen} of them samples`);
});

test("processes that meet a new day at the same time agree on its epoch and strata", async () => {
  const { project } = await makeSampledProject(db, { plan: { attribute: "area" } });
  const units = Array.from({ length: 12 }, (_, at) => unit(`u${at}`, { segments: { area: `a${at % 3}` } }));
  const placed = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const frame = await openFrame(db, { project, clock: "LIVE", instants: [noon] });
      await frame.prepare(units);
      forgetFrames(project.id);
      return JSON.stringify(units.map((each) => frame.place(each)));
    }),
  );
  expect(new Set(placed).size).toBe(1);
  expect(await db.epoch.count({ where: { projectId: project.id } })).toBe(1);
  expect(await db.stratum.count({ where: { projectId: project.id } })).toBe(3);
});

test("pilot outputs with truth are a census, those without are drawn like others", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 70, expectedPerDay: 1000 } });
  await storeOutputs(
    { db, pool },
    sampled,
    Array.from({ length: 400 }, (_, at) => ({
      externalId: `p${at}`,
      instant: noon,
      phase: "PILOT" as const,
      ...(at < 200 ? { truthScore: at % 2 } : {}),
    })),
  );
  const samples = await db.sample.findMany({
    where: { projectId: sampled.project.id },
    include: { output: { select: { slots: true } } },
  });
  const settled = samples.filter((sample) => sample.state === "SETTLED");
  expect(settled).toHaveLength(200);
  expect(settled.every((sample) => sample.settledBy === "truth" && sample.output.slots.length === 0)).toBe(
    true,
  );
  expect(samples.length - settled.length).toBeLessThan(40);
  expect(
    samples.filter((sample) => sample.state === "QUEUED").every((sample) => sample.output.slots.length > 0),
  ).toBe(true);
});

test("members of a cluster share one random number", async () => {
  const { project } = await makeSampledProject(db);
  const frame = await openFrame(db, { project, clock: "LIVE", instants: [noon] });
  const units = [unit("a", { cluster: "c" }), unit("b", { cluster: "c" }), unit("d")];
  await frame.prepare(units);
  const [a, b, d] = units.map((each) => frame.place(each).randomNumber);
  expect(a).toBe(b);
  expect(a).not.toBe(d);
});

test("an attribute with thousands of values has a bounded number of strata", async () => {
  const { project } = await makeSampledProject(db, { plan: { attribute: "user" } });
  const frame = await openFrame(db, { project, clock: "LIVE", instants: [noon] });
  const units = Array.from({ length: 200 }, (_, at) => unit(`u${at}`, { segments: { user: `user ${at}` } }));
  await frame.prepare(units);
  for (const each of units) frame.place(each);
  const strata = await db.stratum.findMany({ where: { projectId: project.id } });
  expect(strata).toHaveLength(MOST_STRATUM_VALUES + 1);
  expect(strata.some(({ value }) => value === "$other")).toBe(true);
});

test("the sampling secret opens for its own project only", async () => {
  const sealed = sealSamplingSecret("project-a", "secret");
  expect(openSamplingSecret("project-a", sealed)).toBe("secret");
  expect(() => openSamplingSecret("project-b", sealed)).toThrow();
});
