import { expect, test, vi } from "vitest";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { contextFor } from "@/lib/testing/make-project";
import {
  makeSampledProject,
  type SampledProject,
  type StoredOutput,
  storeOutputs,
} from "@/lib/testing/store-outputs";
import { readSlices } from "./read-slices";
import { type WorstSegments, worstSegmentsSchema } from "./worst-segments-schema";
import { type SearchedSample, type SliceCounts, sliceCounts, sliceKey } from "./slice-counts";
import { worstSegments } from "./worst-segments";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 120_000 });
const DAY_MS = 86_400_000;
const monday = Date.UTC(2026, 2, 2, 9);
const [DAYS, PER_DAY, PILOT_DAYS] = [40, 60, 5];
const now = new Date(monday + 60 * DAY_MS);
const pick = <T>(random: () => number, of: readonly T[]) => of[Math.floor(random() * of.length)] as T;

/** Five days of pilot whose truth is known, then production in which ios in the south is right in four of ten cases. */
function makeOutputs(options: { clusters: boolean }): { output: StoredOutput; score: number | "unsure" }[] {
  const random = seededRandom(3);
  return Array.from({ length: DAYS * PER_DAY }, (_, at) => {
    const day = Math.floor(at / PER_DAY);
    const isPilot = day < PILOT_DAYS;
    const device = pick(random, ["ios", "ios", "web", "web", "tv"]);
    const region = pick(random, ["north", "south", "west"]);
    const language = random() < 0.01 ? "is" : pick(random, ["de", "en"]);
    const bad = !isPilot && device === "ios" && region === "south";
    const score = random() < (bad ? 0.4 : 0.93) ? 1 : 0;
    const segments = { device, region, ...(random() < 0.9 ? { language } : {}), constant: "yes" };
    const output: StoredOutput = {
      externalId: `o${at}`,
      instant: new Date(monday + day * DAY_MS),
      phase: isPilot ? "PILOT" : "PRODUCTION",
      segments,
      flagged: random() < 0.1,
      cluster: options.clusters && random() < 0.5 ? `c${Math.floor(random() * 300)}` : null,
      sourceProbability: random() < 0.3 ? 0.5 : 1,
      ...(isPilot ? { truthScore: score } : {}),
    };
    return { output, score: random() < 0.04 ? "unsure" : score };
  });
}

async function reviewedProject(options: { clusters: boolean; leave?: number }): Promise<SampledProject> {
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 180, attribute: "device", expectedPerDay: PER_DAY },
  });
  const projectId = sampled.project.id;
  const made = makeOutputs(options);
  await storeOutputs(
    { db, pool },
    sampled,
    made.map(({ output }) => output),
  );
  await closeEpochs(db, projectId, "RECORDED", now);
  const scores = new Map(made.map(({ output, score }) => [output.externalId, score]));
  const samples = await db.sample.findMany({
    where: { projectId, state: "QUEUED" },
    orderBy: { randomNumber: "asc" },
    select: { outputId: true, output: { select: { externalId: true } } },
  });
  // The last in hash order wait: the rates are cut off there.
  const judged = samples.slice(0, Math.round(samples.length * (1 - (options.leave ?? 0.1)))).map((sample) => {
    const score = scores.get(sample.output.externalId) ?? "unsure";
    return { outputId: sample.outputId, score: score === "unsure" ? null : score };
  });
  await pool.query(
    `UPDATE sample SET state = CASE WHEN row.score IS NULL THEN 'UNSURE' ELSE 'SETTLED' END::sample_state, score = row.score
     FROM jsonb_to_recordset($2::jsonb) AS row("outputId" uuid, score float8) WHERE project_id = $1 AND output_id = row."outputId"`,
    [projectId, JSON.stringify(judged)],
  );
  await pool.query(
    "INSERT INTO dirty_epoch (project_id, epoch_id) SELECT project_id, id FROM epoch WHERE project_id = $1",
    [projectId],
  );
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  return sampled;
}

interface RawSample {
  epoch_id: string;
  stratum_id: string;
  rate: number;
  random_number: number;
  source_probability: number;
  state: string;
  score: number | null;
  cluster: string | null;
  day: string;
  segments: Record<string, string>;
}

/** The same slices from raw rows alone, in JavaScript. */
async function recount(projectId: string, window: { from: string; to: string }, attributes: string[]) {
  const { rows } = await pool.query<RawSample>(
    `SELECT sample.epoch_id, sample.stratum_id, rate, sample.random_number, source_probability, state::text, score, cluster, day::text, segments
     FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
     JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
       AND opened.stratum_id = sample.stratum_id
     WHERE sample.project_id = $1 AND output.phase = 'PRODUCTION'`,
    [projectId],
  );
  const placed = new Map<string, RawSample[]>();
  for (const row of rows) {
    const key = `${row.epoch_id} ${row.stratum_id}`;
    placed.set(key, [...(placed.get(key) ?? []), row]);
  }
  const samples: SearchedSample[] = [];
  for (const own of placed.values()) {
    const open = own.filter(({ state }) => state === "QUEUED" || state === "WITHDRAWN");
    const cut = Math.min(own[0]?.rate ?? 0, ...open.map(({ random_number }) => random_number));
    const processed = own.filter(
      ({ random_number, state }) => random_number < cut && !open.some((each) => each.state === state),
    );
    const settled = processed.filter(({ state }) => state === "SETTLED");
    for (const row of settled) {
      if (row.day < window.from || row.day > window.to) continue;
      samples.push({
        segments: Object.fromEntries(
          Object.entries(row.segments).filter(([name]) => attributes.includes(name)),
        ),
        cluster: row.cluster,
        weight: processed.length / settled.length / (cut * row.source_probability),
        score: row.score ?? 0,
      });
    }
  }
  return { samples, slices: sliceCounts(samples) };
}

function without(segments: SearchedSample["segments"], attribute: string): Record<string, string> {
  return Object.fromEntries(Object.entries(segments).filter(([name]) => name !== attribute));
}

/** Comparable: sums of doubles differ in the last digits with the order of the rows. */
function table(slices: readonly SliceCounts[]): Record<string, unknown> {
  const round = (value: number) => Number(value.toPrecision(9));
  return Object.fromEntries(
    slices.map(({ parts, observations, mass, classes }) => [
      sliceKey(parts),
      {
        observations,
        mass: round(mass),
        errors: round(classes.reduce((sum, { error, weight, count }) => sum + error * weight * count, 0)),
        squares: round(
          classes.reduce((sum, { error, weight, count }) => sum + (error * weight) ** 2 * count, 0),
        ),
        weights: round(classes.reduce((sum, { weight, count }) => sum + weight * weight * count, 0)),
        wrong: round(classes.reduce((sum, { error, mass: own }) => sum + error * own, 0)),
      },
    ]),
  );
}

const window = { from: "2026-03-15", to: "2026-04-08" };
const attributes = ["device", "language", "region"];

test.each([false, true])("slices equal a recount from raw rows (clusters: %s)", async (clusters) => {
  const { project } = await reviewedProject({ clusters });
  const { slices: expected, samples } = await recount(project.id, window, attributes);
  expect(samples.length).toBeGreaterThan(400);
  expect(samples.some(({ cluster }) => cluster !== null)).toBe(clusters);
  const slices = await readSlices(db, project.id, { ...window, attributes, within: [] });
  expect(table(slices)).toEqual(table(expected));
  expect(slices.length).toBeGreaterThan(25);
  const within = [{ attribute: "device", value: "ios" }];
  const inside = await readSlices(db, project.id, { ...window, attributes: ["language", "region"], within });
  const ios = samples
    .filter(({ segments }) => segments.device === "ios")
    .map((sample) => ({ ...sample, segments: without(sample.segments, "device") }));
  expect(table(inside)).toEqual(table(sliceCounts(ios)));
  const whole = await readSlices(db, project.id, { ...window, attributes: [], within: [] });
  expect(table(whole)).toEqual(table(expected.filter(({ parts }) => parts.length === 0)));
});

const sampled = await reviewedProject({ clusters: false, leave: 0 });
const ctx = contextFor(db, sampled.project, undefined, now);
const read = async (query: Parameters<typeof worstSegments>[1] = {}): Promise<WorstSegments> =>
  worstSegmentsSchema.parse(await worstSegments(ctx, query));
const names = (found: WorstSegments) => found.findings.map(({ segment }) => segment.value);

test("the last 30 days of recorded history are searched against the pilot's boundary", async () => {
  const found = await read();
  expect([found.from, found.to]).toEqual(["2026-03-12", "2026-04-10"]);
  expect(found.boundary).toBeGreaterThan(0.85);
  expect(found.boundary).toBeLessThan((found.pilot ?? 0) - 0.0099);
  expect(names(found)[0]).toBe('["ios","south"]');
  const [first] = found.findings;
  expect(first?.accuracy).toBeLessThan(0.6);
  expect(first?.high).toBeLessThan(found.boundary ?? 0);
  expect(first?.traffic_share).toBeGreaterThan(0.08);
  expect(first?.impact).toBeGreaterThan(0.02);
  expect(first?.false_share).toBeLessThan(0.001);
});

test("shares of values come from the counted traffic, and thin values are named with theirs", async () => {
  const found = await read();
  const all = makeOutputs({ clusters: false })
    .map(({ output }) => output)
    .filter(
      ({ instant }) =>
        instant.getTime() >= Date.UTC(2026, 2, 12) && instant.getTime() < Date.UTC(2026, 3, 11),
    );
  const weight = (outputs: StoredOutput[]) =>
    outputs.reduce((sum, { sourceProbability }) => sum + 1 / (sourceProbability ?? 1), 0);
  const share = (attribute: string, value: string) =>
    weight(all.filter(({ segments }) => segments?.[attribute] === value)) / weight(all);
  // Which values are found is left to the draw; what is found has its share.
  for (const { segment, traffic_share } of found.findings.filter(
    (each) => !each.segment.attribute.startsWith("["),
  ))
    expect(traffic_share).toBeCloseTo(share(segment.attribute, segment.value), 9);
  expect(found.thin.map(({ segment }) => segment)).toContainEqual({ attribute: "language", value: "is" });
  const thin = found.thin.find(({ segment }) => segment.value === "is");
  expect(thin?.traffic_share).toBeCloseTo(share("language", "is"), 9);
  expect(thin?.reviews).toBeLessThan(20);
  expect(found.thin_by_attribute).toEqual([
    { attribute: "language", values: 1, traffic_share: thin?.traffic_share },
  ]);
  expect(found.attributes).toEqual(attributes);
});

test("inside a segment its own values are searched, against its own boundary", async () => {
  const found = await read({ attribute: "device", value: "ios" });
  expect(found.within).toEqual({ attribute: "device", value: "ios" });
  expect(names(found)[0]).toBe("south");
  expect(found.attributes).toEqual(["language", "region"]);
  const everything = await read();
  expect(found.reviews).toBeLessThan(everything.reviews / 2);
  expect(found.findings[0]?.traffic_share).toBeGreaterThan(0.25);
});

test("a window without reviews, and a project without a promise, say so", async () => {
  const empty = await read({ from: "2027-01-01", to: "2027-01-30" });
  expect(empty).toMatchObject({ reviews: 0, accuracy: null, searched: 0, findings: [], thin: [] });
  const fresh = await makeSampledProject(db);
  const found = await worstSegments(contextFor(db, fresh.project, undefined, now));
  expect(found).toMatchObject({ boundary: null, reviews: 0, findings: [], thin: [] });
});

test("a version of what is watched gives the boundary, and a segment's own one inside it", async () => {
  const planId = await makeMonitorPlan(db, sampled.project, { boundary: 0.31 });
  await db.monitorBoundary.create({
    data: {
      projectId: sampled.project.id,
      planId,
      attribute: "device",
      value: "ios",
      boundary: 0.93,
      pilotReviews: 120,
    },
  });
  const everything = await read();
  expect(everything.boundary).toBe(0.31);
  // The pair is promised the lower one of what its values are: only the value with a boundary of its own is below it.
  expect(everything.findings.map(({ segment, boundary }) => [segment.value, boundary])).toEqual([
    ["ios", 0.93],
  ]);
  expect(await read({ attribute: "device", value: "ios" })).toMatchObject({ boundary: 0.93 });
  expect(await read({ attribute: "device", value: "web" })).toMatchObject({ boundary: 0.31, findings: [] });
});

test("another project's reviews are not searched", async () => {
  const other = await makeSampledProject(db);
  const found = await worstSegments(contextFor(db, other.project, undefined, now), { ...window });
  expect(found).toMatchObject({ reviews: 0, attributes: [] });
});
