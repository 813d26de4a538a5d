import { expect, test, vi } from "vitest";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts } from "./fold-counts";
import { freezeBaseline } from "./freeze-baseline";
import { mixRate, type MixRateQuery } from "./mix-rate";
import { refreshEstimate } from "./refresh-estimate";
import { type MixRate, type MixRateSplit, mixRateSchema } from "./schema";
import { segmentTable } from "./segment-table";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 120_000 });
const DAY_MS = 86_400_000;
const first = Date.UTC(2026, 2, 2, 9);
const day = (at: number) => new Date(first + at * DAY_MS).toISOString().slice(0, 10);
const PER_DAY = 100;

interface Made {
  output: StoredOutput;
  score: number;
}

/** So many outputs a day of each device; every tenth of a device is wrong as often as its errors say. */
function daysOf(
  days: [number, number],
  phase: "PILOT" | "PRODUCTION",
  devices: Record<string, { outputs: number; wrongOfTen: number }>,
): Made[] {
  const made: Made[] = [];
  for (let at = days[0]; at < days[1]; at += 1) {
    for (const [device, { outputs, wrongOfTen }] of Object.entries(devices)) {
      for (let n = 0; n < outputs; n += 1) {
        const score = (n + at) % 10 < wrongOfTen ? 0 : 1;
        const output: StoredOutput = {
          externalId: `${device} ${at} ${n}`,
          instant: new Date(first + at * DAY_MS),
          phase,
          segments: { device, parity: n % 2 ? "odd" : "even" },
          ...(phase === "PILOT" ? { truthScore: score } : {}),
        };
        made.push({ output, score });
      }
    }
  }
  return made;
}

const PILOT = { ios: { outputs: 60, wrongOfTen: 1 }, web: { outputs: 40, wrongOfTen: 4 } };
/** Ten days of pilot, ten with other traffic alone, ten in which ios also got worse and a new device came. */
const STREAM = [
  ...daysOf([0, 10], "PILOT", PILOT),
  ...daysOf([10, 20], "PRODUCTION", {
    ios: { outputs: 20, wrongOfTen: 1 },
    web: { outputs: 80, wrongOfTen: 4 },
  }),
  ...daysOf([20, 30], "PRODUCTION", {
    ios: { outputs: 20, wrongOfTen: 5 },
    web: { outputs: 60, wrongOfTen: 4 },
    tv: { outputs: 17, wrongOfTen: 6 },
    radio: { outputs: 3, wrongOfTen: 0 },
  }),
];

async function reviewedProject() {
  const sampled = await makeSampledProject(db, {
    // All are reviewed: which are drawn is not left to chance.
    plan: { reviewsPerWeek: 5_000, attribute: null, expectedPerDay: PER_DAY },
  });
  const projectId = sampled.project.id;
  await storeOutputs(
    { db, pool },
    sampled,
    STREAM.map(({ output }) => output),
  );
  await closeEpochs(db, projectId, "RECORDED", new Date(first + 60 * DAY_MS));
  const judged = STREAM.map(({ output, score }) => ({ externalId: output.externalId, score }));
  await pool.query(
    `UPDATE sample SET state = 'SETTLED', score = row.score FROM jsonb_to_recordset($2::jsonb) AS row("externalId" text, score float8)
     JOIN output ON output.project_id = $1 AND output.external_id = row."externalId"
     WHERE sample.project_id = $1 AND sample.output_id = output.id AND sample.state = 'QUEUED'`,
    [projectId, JSON.stringify(judged)],
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
const read = async (query: MixRateQuery): Promise<MixRate> => mixRateSchema.parse(await mixRate(ctx, query));
const onlyTraffic = { from: day(10), to: day(19) };
const both = { from: day(20), to: day(29) };

const sumOf = ({ mix, fresh, rate, unexplained }: MixRateSplit) =>
  mix.difference + (fresh?.difference ?? 0) + rate.difference + unexplained;

test("where only the traffic changed, the model is not blamed", async () => {
  const { before, after, gap, split, attributes } = await read({ before: "pilot", after: onlyTraffic });
  expect(before).toMatchObject({ kind: "pilot", frozen: false, from: null });
  expect(before.estimate?.mean).toBeCloseTo(0.78, 9);
  expect(after).toMatchObject({ kind: "production", ...onlyTraffic });
  expect(attributes.map(({ attribute }) => attribute)).toEqual(["device", "parity"]);
  expect(split?.attribute).toBe("device");
  // 0.4 x (0.6 - 0.9): the share of ios fell from 60 to 20 %.
  expect(split?.mix.difference).toBeGreaterThan(-0.15);
  expect(split?.mix.difference).toBeLessThan(-0.08);
  expect(split?.rate.low).toBeLessThan(0);
  expect(split?.rate.high).toBeGreaterThan(0);
  if (!split || !gap) throw new Error("There is a gap, and attributes to divide it by.");
  expect(sumOf(split)).toBeCloseTo(gap.difference, 12);
  expect(Math.abs(split.unexplained)).toBeLessThan(0.02);
  const ios = split.segments.find(({ value }) => value === "ios");
  expect(ios?.share_before).toBeCloseTo(0.6, 12);
  expect(ios?.share_after).toBeCloseTo(0.2, 12);
  expect(ios?.accuracy_before).toBeCloseTo(0.9, 9);
});

test("a value that is new has its own line, rare ones are taken together", async () => {
  const { gap, split } = await read({ before: "pilot", after: both, attribute: "device" });
  if (!split || !gap) throw new Error("There is a gap, and attributes to divide it by.");
  expect(sumOf(split)).toBeCloseTo(gap.difference, 12);
  const fresh = split.fresh_segments.map(({ value, share_after }) => [value, share_after]);
  expect(fresh).toContainEqual(["tv", expect.closeTo(0.17, 9)]);
  expect(split.fresh?.high).toBeLessThan(0);
  expect(split.rate.high).toBeLessThan(0);
  expect(split.segments[0]?.value).toBe("ios");
  const { attribute, covered_before, covered_after } = split;
  expect({ attribute, covered_before, covered_after }).toEqual({
    attribute: "device",
    covered_before: 1,
    covered_after: 1,
  });
});

test("two periods of production are compared like the pilot with one", async () => {
  const { before, gap, split } = await read({ before: onlyTraffic, after: both, attribute: "device" });
  expect(before).toMatchObject({ kind: "production", ...onlyTraffic });
  if (!split || !gap) throw new Error("There is a gap, and attributes to divide it by.");
  expect(sumOf(split)).toBeCloseTo(gap.difference, 12);
  expect(split.rate.high).toBeLessThan(0);
  const table = await segmentTable(ctx, both);
  const ios = split.segments.find(({ value }) => value === "ios");
  const row = table.rows.find(({ segment }) => segment.value === "ios");
  // To rounding: sums are added in the order in which the database gives them.
  expect(ios?.accuracy_after).toBeCloseTo(row?.estimate?.mean ?? Number.NaN, 12);
  expect(ios?.share_after).toBeCloseTo(row?.traffic_share ?? Number.NaN, 12);
  expect(gap.difference).toBeCloseTo((table.overall.estimate?.mean ?? 0) - (before.estimate?.mean ?? 0), 12);
});

test("without reviews on a side, or without the attribute, there is no split", async () => {
  const empty = await read({ before: "pilot", after: { from: "2027-01-01", to: "2027-01-31" } });
  expect(empty).toMatchObject({ gap: null, split: null, attributes: [] });
  const unknown = await read({ before: "pilot", after: both, attribute: "planet" });
  expect(unknown.gap).not.toBeNull();
  expect(unknown.split).toBeNull();
  const fresh = await makeSampledProject(db);
  const nothing = await mixRate(contextFor(db, fresh.project), { before: "pilot", after: both });
  expect(nothing).toMatchObject({ gap: null, split: null, before: { estimate: null } });
});

test("a frozen pilot is compared as it was frozen", async () => {
  const now = await read({ before: "pilot", after: both });
  await freezeBaseline(ctx, {});
  const frozen = await read({ before: "pilot", after: both });
  expect(frozen.before.frozen).toBe(true);
  expect(frozen.split?.mix.difference).toBeCloseTo(now.split?.mix.difference ?? 0, 12);
  expect(frozen.gap?.difference).toBeCloseTo(now.gap?.difference ?? 0, 12);
});
