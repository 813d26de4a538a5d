import { expect, test, vi } from "vitest";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { workQueue } from "@/lib/testing/judge-samples";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts } from "./fold-counts";
import { rankDifferences } from "./rank-differences";
import { refreshEstimate } from "./refresh-estimate";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 60_000 });
const DAY_MS = 86_400_000;
const first = Date.UTC(2026, 2, 2, 9);
const day = (at: number) => new Date(first + at * DAY_MS).toISOString().slice(0, 10);
const DIP: [number, number] = [10, 14];

/** Twenty outputs a day for twenty days: in the dip seven of ten scans are wrong, else one of ten of everything. */
const STREAM = Array.from({ length: 400 }, (_, number): StoredOutput => {
  const at = Math.floor(number / 20);
  const channel = number % 3 === 0 ? "scan" : "mail";
  const bad = channel === "scan" && at >= DIP[0] && at <= DIP[1];
  const wrong = number % 10 < (bad ? 7 : 1);
  return {
    externalId: `${wrong ? "wrong" : "right"} ${number}`,
    instant: new Date(first + at * DAY_MS),
    segments: { channel, parity: number % 2 ? "odd" : "even", once: number === 207 ? "yes" : "no" },
  };
});

async function reviewedProject() {
  const sampled = await makeSampledProject(db, {
    // All are reviewed: which are drawn is not left to chance.
    plan: { reviewsPerWeek: 5_000, attribute: null, expectedPerDay: 20 },
  });
  const projectId = sampled.project.id;
  await storeOutputs({ db, pool }, sampled, STREAM);
  await closeEpochs(db, projectId, "RECORDED", new Date(first + 60 * DAY_MS));
  await workQueue(db, projectId, 1_000, (id) => (id.startsWith("wrong") ? 0 : 1));
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  return contextFor(db, sampled.project, undefined, new Date(first + 60 * DAY_MS));
}

const ctx = await reviewedProject();
const inside = { from: day(DIP[0]), to: day(DIP[1]) };
const whole = { from: day(0), to: day(19) };

test("the value that makes a dip comes first, with what both sides rest on", async () => {
  const { ranked, overall, compared, thin } = await rankDifferences(ctx, { inside, whole });
  expect(overall.inside?.n).toBe(100);
  expect(overall.rest?.n).toBe(300);
  expect(overall.difference?.high).toBeLessThan(0);
  expect(ranked[0]?.segment).toEqual({ attribute: "channel", value: "scan" });
  expect(ranked[0]?.difference.high).toBeLessThan(-0.3);
  expect((ranked[0]?.inside.n ?? 0) + (ranked[0]?.rest.n ?? 0)).toBe(134);
  expect(ranked[0]?.insideShare).toBeCloseTo(0.33, 1);
  const mail = ranked.find(({ segment }) => segment.value === "mail");
  expect(mail?.difference.low).toBeLessThan(0);
  expect(mail?.difference.high).toBeGreaterThan(0);
  // "once = yes" has one review.
  expect({ compared, thin }).toEqual({ compared: 6, thin: 1 });
});

test("days that reach beyond the range are compared with what is left of it", async () => {
  const found = await rankDifferences(ctx, {
    inside: { from: day(15), to: day(30) },
    whole,
  });
  expect(found.whole).toEqual({ from: day(0), to: day(30) });
  expect(found.overall.rest?.n).toBe(300);
  // What got better comes first where the whole did.
  expect(found.overall.difference?.difference).toBeGreaterThan(0);
  expect(found.ranked[0]?.difference.difference).toBeGreaterThan(0);
});

test("without other days there is nothing to compare with", async () => {
  const { ranked, overall } = await rankDifferences(ctx, { inside: whole, whole });
  expect(overall).toMatchObject({ rest: null, difference: null });
  expect(ranked).toEqual([]);
});
