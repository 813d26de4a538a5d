import { expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf } from "./accuracy-sums";
import { spreadUnsure } from "./spread-unsure";
import { seededRandom } from "./testing/seeded-random";
import { widenByUnknown } from "./widen-by-unknown";

it("lets the unknown part be all wrong or all right", () => {
  expect(widenByUnknown({ low: 0.8, high: 0.9 }, 0.1)).toEqual({ low: 0.7200000000000001, high: 0.91 });
  expect(widenByUnknown({ low: 0.8, high: 0.9 }, 0)).toEqual({ low: 0.8, high: 0.9 });
  expect(widenByUnknown({ low: 0.8, high: 0.9 }, 1)).toEqual({ low: 0, high: 1 });
  expect(() => widenByUnknown({ low: 0, high: 1 }, 1.1)).toThrow("unknown share");
});

/** Of wrong outputs so many cannot be judged, of right ones few: what is judged looks better than it is. */
it("holds the truth where people cannot judge what is wrong, and the plain interval does not", () => {
  const random = seededRandom(41);
  const [accuracy, unsureOfWrong, unsureOfRight] = [0.85, 0.5, 0.02];
  const runs = 1_000;
  const covers = { bounds: 0, plain: 0 };
  for (let run = 0; run < runs; run += 1) {
    const judged: number[] = [];
    let unsure = 0;
    for (let output = 0; output < 200; output += 1) {
      const right = random() < accuracy ? 1 : 0;
      if (random() < (right ? unsureOfRight : unsureOfWrong)) unsure += 1;
      else judged.push(right);
    }
    const sums = accuracySumsOf(
      judged,
      judged.map(() => 1),
    );
    const { sums: raised, unsure: carried } = spreadUnsure(sums, { n: unsure, sumW: unsure });
    const { estimate } = accuracyFromSums(raised, { unsure: carried });
    if (!estimate?.boundsInterval) continue;
    const holds = ({ low, high }: { low: number; high: number }) => low <= accuracy && accuracy <= high;
    if (holds(estimate.boundsInterval)) covers.bounds += 1;
    if (holds(estimate)) covers.plain += 1;
    expect(estimate.boundsInterval.low).toBeLessThanOrEqual(estimate.bounds?.low ?? 0);
    expect(estimate.boundsInterval.high).toBeGreaterThanOrEqual(estimate.bounds?.high ?? 1);
  }
  expect(covers.bounds / runs).toBeGreaterThan(0.95);
  expect(covers.plain / runs).toBeLessThan(0.5);
});
