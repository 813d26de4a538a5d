import { describe, expect, test, vi } from "vitest";
import { accuracyReply } from "@/lib/estimate/queries";
import { verifyEstimates } from "@/lib/estimate/verify-estimates";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { memoryPoints } from "./cells-in-memory";
import { emptyCoverage, heldShare, measureCoverage } from "./measure-coverage";
import { hasRecordedSets, RECORDED_SETS, readRecordedSet, recordedFolder } from "./recorded-set";
import { sampleInMemory } from "./sample-in-memory";
import { sampleRecorded } from "./sample-recorded";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 240_000 });
const SEEDS = 5;

const present = hasRecordedSets();
if (!present) report(`coverage is not measured: there are no recorded sets in ${recordedFolder()}`);

describe.skipIf(!present)("recorded streams", () => {
  test("the path without a database gives the very estimates of the product", async () => {
    const set = await readRecordedSet("airbnb-listings");
    let compared = 0;
    for (const attribute of [null, "sleeps"]) {
      const options = { seed: 7, reviewsPerWeek: 60, attribute, weeks: 7 };
      const { project } = await sampleRecorded({ db, pool }, set, options);
      expect((await verifyEstimates(db, project.id)).differences).toEqual([]);
      const reply = await accuracyReply(contextFor(db, project), { periodKind: "week", segments: "yes" });
      const memory = memoryPoints(sampleInMemory(set, options));
      const stored = [{ segment: { attribute: "", value: "" }, points: reply.points }, ...reply.segments];
      expect(stored).toHaveLength(memory.size);
      for (const { segment, points } of stored) {
        const again =
          memory.get(segment.attribute === "" ? "" : `${segment.attribute}=${segment.value}`) ?? [];
        expect(points.map(({ start, population }) => [start, population])).toEqual(
          again.map(({ start, population }) => [start, population]),
        );
        for (const [at, { estimate }] of points.entries()) {
          const other = again[at]?.estimate ?? null;
          expect(estimate?.n).toBe(other?.n);
          for (const key of ["mean", "low", "high", "effective_n", "unaudited_share"] as const)
            expect(estimate?.[key] ?? 0).toBeCloseTo(other?.[key] ?? 0, 9);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(60);
    report(`${compared} weekly estimates of two plans agree to nine digits`);
  });

  test.each(RECORDED_SETS)("weekly intervals of %s hold the truth", async (name) => {
    const set = await readRecordedSet(name);
    const tally = emptyCoverage();
    for (let seed = 1; seed <= SEEDS; seed += 1)
      measureCoverage(
        memoryPoints(sampleInMemory(set, { seed, reviewsPerWeek: 100, attribute: null })),
        set,
        tally,
      );
    const { overall, segments } = tally;
    report(
      `${name}, ${SEEDS} seeds: ${overall.held} of ${overall.of} overall, ${segments.held} of ${segments.of} segment intervals hold`,
    );
    expect(overall.of).toBeGreaterThan(35 * SEEDS);
    expect(heldShare(overall)).toBeGreaterThanOrEqual(0.95);
    expect(heldShare(segments)).toBeGreaterThanOrEqual(0.95);
  });

  test("the measure sees intervals that are too narrow", async () => {
    const set = await readRecordedSet("nhtsa-recall-documents");
    const points = memoryPoints(sampleInMemory(set, { seed: 1, reviewsPerWeek: 100, attribute: null }));
    const narrow = [...points].map(([segment, own]) => {
      const halved = own.map((point) => {
        const { estimate } = point;
        if (!estimate) return point;
        const { mean, low, high } = estimate;
        return { ...point, estimate: { ...estimate, low: (mean + low) / 2, high: (mean + high) / 2 } };
      });
      return [segment, halved] as const;
    });
    const tally = emptyCoverage();
    measureCoverage(new Map(narrow), set, tally);
    expect(heldShare(tally.overall)).toBeLessThan(0.9);
    expect(tally.overall.missed.length).toBeGreaterThan(3);
  });
});
