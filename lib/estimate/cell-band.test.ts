import fc from "fast-check";
import { expect, test } from "vitest";
import { accuracySumsOf, emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import { alwaysValidBand } from "@/lib/stats/always-valid-band";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { report } from "@/lib/testing/console";
import { accuracyPoints } from "./accuracy-points";
import { cellBand } from "./cell-band";
import { cellEstimate, type StratumCell } from "./cell-estimate";

function stratum(stratumId: string, right: number, wrong: number, population: number): StratumCell {
  const labels = [...Array<number>(right).fill(1), ...Array<number>(wrong).fill(0)];
  const n = labels.length;
  return {
    stratumId,
    sums: n > 0 ? accuracySumsOf(labels, Array<number>(n).fill(population / n)) : emptyAccuracySums,
    unsure: { n: 0, sumW: 0 },
    population,
    unauditedPopulation: n > 0 ? 0 : population,
  };
}

const anyCells = fc
  .array(fc.tuple(fc.nat(60), fc.nat(30), fc.constantFrom(200, 1000, 9000)), { minLength: 1, maxLength: 4 })
  .map((strata) => strata.map(([right, wrong, outputs], at) => stratum(`s${at}`, right, wrong, outputs)));

test("of one stratum it is the band of its counts", () => {
  const counts = [
    { weight: 1, error: 0, count: 139 },
    { weight: 1, error: 1, count: 14 },
  ];
  const expected = alwaysValidBand(counts);
  const got = cellBand([stratum("a", 139, 14, 5000)]);
  expect(got?.low).toBeCloseTo(expected?.low ?? 0, 12);
  expect(got?.high).toBeCloseTo(expected?.high ?? 0, 12);
});

test("strata weigh as many outputs as they have, whatever the number of their reviews", () => {
  const classes = [
    { weight: 1, error: 0, count: 45 },
    { weight: 1, error: 1, count: 5 },
    { weight: 0.1, error: 0, count: 30 },
    { weight: 0.1, error: 1, count: 20 },
  ];
  const expected = alwaysValidBand(classes);
  const got = cellBand([stratum("a", 45, 5, 1000), stratum("b", 30, 20, 100)]);
  expect(got?.low).toBeCloseTo(expected?.low ?? 0, 9);
  expect(got?.high).toBeCloseTo(expected?.high ?? 0, 9);
});

test("traffic that nobody has looked at may be all wrong or all right", () => {
  const seen = cellBand([stratum("a", 90, 10, 3000)]);
  const half = cellBand([stratum("a", 90, 10, 3000), stratum("b", 0, 0, 1000)]);
  expect(half?.low).toBeCloseTo(0.75 * (seen?.low ?? 0), 9);
  expect(half?.high).toBeCloseTo(0.75 * (seen?.high ?? 0) + 0.25, 9);
  expect(cellBand([stratum("b", 0, 0, 1000)])).toBeNull();
  expect(cellBand([])).toBeNull();
});

test("a point's band is never inside of its interval, and holds its mean", () => {
  const facts = {
    period: "week" as const,
    today: "2026-06-01",
    openHistory: null,
    due: () => 0,
    withBand: true,
    pilot: null,
  };
  fc.assert(
    fc.property(anyCells, (cells) => {
      const stored = cells.map((cell) => ({ attribute: "", value: "", start: "2026-03-02", cell }));
      const [point] = accuracyPoints(stored, facts);
      if (!point?.estimate) {
        expect(point?.band ?? null).toBeNull();
        return;
      }
      expect(point.band?.low).toBeLessThanOrEqual(point.estimate.low);
      expect(point.band?.high).toBeGreaterThanOrEqual(point.estimate.high);
      const [plain] = accuracyPoints(stored, { ...facts, withBand: false });
      expect(plain).toEqual({ ...point, band: null });
    }),
  );
});

test("who looks after every ten reviews sees the truth excluded seldom; of the interval for one look, often", () => {
  const random = seededRandom(17);
  const [RUNS, LOOKS] = [200, 30];
  const truth = 0.8 * 0.95 + 0.2 * 0.85;
  let outside = 0;
  let outsideOnce = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const counts = { a: [0, 0], b: [0, 0] };
    let missed = false;
    let missedOnce = false;
    for (let look = 0; look < LOOKS; look += 1) {
      for (let n = 0; n < 10; n += 1) {
        const isFlagged = random() < 0.5;
        const wrong = random() < (isFlagged ? 0.15 : 0.05) ? 1 : 0;
        counts[isFlagged ? "b" : "a"][wrong] = (counts[isFlagged ? "b" : "a"][wrong] ?? 0) + 1;
      }
      const cells = [
        stratum("a", counts.a[0] ?? 0, counts.a[1] ?? 0, 8000),
        stratum("b", counts.b[0] ?? 0, counts.b[1] ?? 0, 2000),
      ];
      const band = cellBand(cells);
      const { estimate } = cellEstimate(cells);
      missed ||= !band || band.low > truth || band.high < truth;
      missedOnce ||= !estimate || estimate.low > truth || estimate.high < truth;
    }
    outside += Number(missed);
    outsideOnce += Number(missedOnce);
  }
  report(
    `of ${RUNS} series of ${LOOKS} looks the band lost the truth in ${outside}, the interval in ${outsideOnce}`,
  );
  expect(outside).toBeLessThanOrEqual(0.05 * RUNS);
  expect(outsideOnce).toBeGreaterThan(0.08 * RUNS);
});
