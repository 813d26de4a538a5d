import { expect, test, vi } from "vitest";
import { newId } from "@/lib/core/id";
import { masterKey } from "@/lib/core/master-key";
import { seal } from "@/lib/core/seal";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { compareVersions, keptComparison, versionReply } from "./compare-versions";
import { foldCounts } from "./fold-counts";
import { accuracySeries } from "./queries";
import { refreshEstimate } from "./refresh-estimate";
import { segmentTable } from "./segment-table";
import { versionComparisonSchema, versionReplySchema } from "./version-schema";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 120_000 });
const DAY_MS = 86_400_000;
const first = Date.UTC(2026, 2, 2, 9);
const day = (at: number) => new Date(first + at * DAY_MS).toISOString().slice(0, 10);

interface Made {
  output: StoredOutput;
  score: number;
}

/** So many outputs a day of each device, right with the given probability. */
function daysOf(
  version: string,
  [from, to]: [number, number],
  devices: Record<string, { outputs: number; accuracy: number }>,
): Made[] {
  const random = seededRandom(from + 1);
  const made: Made[] = [];
  for (let at = from; at < to; at += 1)
    for (const [device, { outputs, accuracy }] of Object.entries(devices))
      for (let n = 0; n < outputs; n += 1)
        made.push({
          output: {
            externalId: `${version} ${device} ${at} ${n}`,
            instant: new Date(first + at * DAY_MS),
            segments: { device, parity: n % 2 ? "odd" : "even" },
            version,
            // Some of the second version fail together.
            ...(version === "2" && n % 5 < 2 ? { cluster: `${device} ${at} ${Math.floor(n / 5)}` } : {}),
          },
          score: random() < accuracy ? 1 : 0,
        });
  return made;
}

/** 1 and 2 differ in traffic alone, 3 has the traffic of 2 and got worse; the canary has inputs of 3, nobody has judged 5. */
const STREAM = [
  ...daysOf("1", [0, 10], { ios: { outputs: 60, accuracy: 0.95 }, web: { outputs: 40, accuracy: 0.7 } }),
  ...daysOf("2", [10, 20], { ios: { outputs: 20, accuracy: 0.95 }, web: { outputs: 80, accuracy: 0.7 } }),
  ...daysOf("3", [20, 30], {
    ios: { outputs: 20, accuracy: 0.6 },
    web: { outputs: 78, accuracy: 0.7 },
    tv: { outputs: 2, accuracy: 0.5 },
  }),
].map((made, at) => ({ ...made, output: { ...made.output, input: { at } } }));
const CANARY = STREAM.filter(({ output }) => output.version === "3").slice(0, 300);
const EVERYTHING = [
  ...STREAM,
  ...CANARY.map(({ output, score }, at) => ({
    output: { ...output, externalId: `canary ${at}`, version: "4" },
    score: at % 20 === 0 ? 0 : score,
  })),
];

async function reviewedProject() {
  // A third is reviewed, and web half as often as ios.
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 350, attribute: "device", expectedPerDay: 100 },
  });
  const projectId = sampled.project.id;
  // Which outputs are drawn is the same each time.
  const sealedSamplingSecret = seal(masterKey(), "5".repeat(64), `project|${projectId}|sampling`);
  const project = await db.project.update({
    where: { id: projectId },
    data: { sealedSamplingSecret, samplingScope: "00000000-0000-7000-8000-000000000005" },
  });
  await storeOutputs(
    { db, pool },
    { ...sampled, project },
    EVERYTHING.map(({ output }) => output),
  );
  await closeEpochs(db, projectId, "RECORDED", new Date(first + 60 * DAY_MS));
  const judged = EVERYTHING.map(({ output, score }) => ({ externalId: output.externalId, score }));
  await pool.query(
    `UPDATE sample SET state = 'SETTLED', score = row.score FROM jsonb_to_recordset($2::jsonb) AS row("externalId" text, score float8)
     JOIN output ON output.project_id = $1 AND output.external_id = row."externalId"
     WHERE sample.project_id = $1 AND sample.output_id = output.id AND sample.state = 'QUEUED'`,
    [projectId, JSON.stringify(judged)],
  );
  // Nobody could judge some of them.
  await pool.query(
    `UPDATE sample SET state = 'UNSURE', score = NULL FROM output WHERE output.project_id = $1 AND sample.project_id = $1
       AND sample.output_id = output.id AND output.external_id LIKE '2 %7'`,
    [projectId],
  );
  await pool.query(
    "INSERT INTO dirty_epoch (project_id, epoch_id) SELECT project_id, id FROM epoch WHERE project_id = $1",
    [projectId],
  );
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  return contextFor(db, sampled.project, undefined, new Date(first + 60 * DAY_MS));
}

const ctx = await reviewedProject();
const read = async (earlier: string, later: string, more: { attribute?: string } = {}) =>
  versionComparisonSchema.parse(await compareVersions(ctx, { earlier, later, ...more }));

test("a kept comparison is the one that is made, by whichever attribute", async () => {
  const asked = { earlier: "2", later: "3", from: day(0), to: day(29) };
  const many = 50_000;
  for (const attribute of [undefined, "device", "parity", "nothing"]) {
    const direct = await compareVersions(ctx, { ...asked, attribute });
    for (const kept of ["made", "read"]) {
      const found = await keptComparison(ctx, { ...asked, attribute }, many);
      expect(found.value, `${attribute} ${kept}`).toEqual(direct);
    }
  }
  expect((await keptComparison(ctx, asked, many)).madeAt).toEqual(ctx.now);
  expect((await keptComparison(ctx, asked, 100)).madeAt).toBeNull();
});

test("the only version of some days has the number of the accuracy page, whole and by segment", async () => {
  const days = { from: day(0), to: day(9) };
  const { earlier, segments } = versionComparisonSchema.parse(
    await compareVersions(ctx, { earlier: "1", later: "2", ...days }),
  );
  const table = await segmentTable(ctx, days);
  expect(earlier.estimate?.n).toBe(table.overall.estimate?.n);
  expect(earlier.estimate?.mean).toBeCloseTo(table.overall.estimate?.mean ?? 0, 9);
  expect(earlier.traffic).toBeCloseTo(1_000, 6);
  const series = await accuracySeries(ctx, { ...days, attribute: "device", value: "web" });
  expect(series.totals.outputs).toBeGreaterThan(0);
  expect(segments).toEqual([]);
  const both = await read("1", "2", { attribute: "device" });
  const web = both.segments.find(({ value }) => value === "web");
  const known = table.rows.find(({ segment }) => segment.value === "web");
  expect(web?.earlier?.n).toBe(known?.estimate?.n);
  expect(web?.earlier?.mean).toBeCloseTo(known?.estimate?.mean ?? 0, 9);
});

test("outputs that fail together and those that nobody could judge count as on the accuracy page", async () => {
  const days = { from: day(10), to: day(19) };
  const { later, segments } = versionComparisonSchema.parse(
    await compareVersions(ctx, { earlier: "9", later: "2", ...days }),
  );
  const { overall } = await segmentTable(ctx, days);
  expect(segments).toEqual([]);
  expect(later.estimate?.unsure_share).toBeGreaterThan(0);
  for (const name of ["n", "mean", "unsure_share", "effective_n"] as const)
    expect(later.estimate?.[name]).toBeCloseTo(overall.estimate?.[name] ?? 0, 6);
  const both = await read("1", "2", { attribute: "device" });
  const table = await segmentTable(ctx, days);
  for (const value of ["ios", "web"]) {
    const known = table.rows.find(({ segment }) => segment.value === value);
    const found = both.segments.find((segment) => segment.value === value)?.later;
    expect(found?.n).toBe(known?.estimate?.n);
    expect(found?.mean).toBeCloseTo(known?.estimate?.mean ?? 0, 6);
    expect(found?.unsure_share).toBeCloseTo(known?.estimate?.unsure_share ?? 1, 6);
  }
});

test("where only the traffic differs, the versions are alike on the same traffic", async () => {
  const { difference, matched, split, attributes } = await read("1", "2");
  // 0.85 against 0.75: the share of ios fell from 60 to 20 %.
  expect(difference?.high).toBeLessThan(0);
  expect(attributes[0]?.attribute).toBe("device");
  expect(split?.mix.high).toBeLessThan(0);
  expect(split?.rate.low).toBeLessThan(0);
  expect(split?.rate.high).toBeGreaterThan(0);
  expect(matched?.attribute).toBe("device");
  expect(matched?.difference.low).toBeLessThan(0);
  expect(matched?.difference.high).toBeGreaterThan(0);
  expect(matched?.difference.difference).toBeCloseTo(split?.rate.difference ?? 1, 9);
  expect(split?.unexplained).toBeCloseTo(0, 9);
  expect(matched?.left_out_earlier).toBeCloseTo(0, 9);
  expect(matched?.left_out_later).toBeCloseTo(0, 9);
});

test("where the answers got worse, the model is named, and a value that only one has is left out", async () => {
  const { split, matched, segments } = await read("2", "3", { attribute: "device" });
  expect(split?.rate.difference).toBeLessThan(0);
  expect(Math.abs(split?.mix.difference ?? 1)).toBeLessThan(0.03);
  expect(matched?.left_out_earlier).toBeCloseTo(0, 9);
  expect(matched?.left_out_later).toBeGreaterThan(0.005);
  expect(matched?.left_out_later).toBeLessThan(0.06);
  const ios = segments.find(({ value }) => value === "ios");
  expect(ios?.difference?.high).toBeLessThan(0);
  expect(segments.find(({ value }) => value === "tv")).toMatchObject({ earlier: null, difference: null });
});

test("inputs that both versions answered are compared in pairs", async () => {
  const { paired } = await read("3", "4");
  expect(paired?.pairs).toBeGreaterThan(20);
  const { pairs = 0, difference } = paired ?? {};
  const cells = [
    paired?.both_right,
    paired?.only_earlier_right,
    paired?.only_later_right,
    paired?.both_wrong,
  ];
  expect(cells.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBe(pairs);
  // The canary is wrong where 3 is, and in every twentieth case more.
  expect(paired?.only_later_right).toBe(0);
  expect(difference?.difference).toBeLessThanOrEqual(0);
  expect((await read("1", "2")).paired).toBeNull();
});

test("a version that nobody has judged has no number, and nothing is compared", async () => {
  const found = await read("1", "5");
  expect(found.later).toMatchObject({ version: "5", estimate: null, first: null, traffic: 0 });
  expect(found).toMatchObject({ difference: null, split: null, matched: null, segments: [], paired: null });
});

test("without a word about versions the two newest are compared, as soon as there are two", async () => {
  const ask = async () => versionReplySchema.parse(await versionReply(ctx, {}));
  const seen = (modelVersion: string, at: number) => ({
    projectId: ctx.project.id,
    id: newId(),
    modelName: "m",
    modelVersion,
    liveAt: new Date(first + at * DAY_MS),
  });
  expect(await ask()).toEqual({ versions: [], comparison: null });
  await db.release.create({ data: seen("1", 0) });
  expect(await ask()).toMatchObject({ versions: [{ version: "1" }], comparison: null });
  await db.release.create({ data: seen("2", 10) });
  expect((await ask()).comparison).toMatchObject({
    earlier: { version: "1" },
    later: { version: "2" },
  });
});
