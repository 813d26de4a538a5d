import { expect, it } from "vitest";
import { openDetector } from "./e-detector";
import { reviewsToDetect } from "./reviews-to-detect";
import { seededRandom } from "./testing/seeded-random";

const runs = 300;
const cells = [
  [0.98, 0.93, 500_000],
  [0.95, 0.9, 72_000],
  [0.95, 0.85, 72_000],
  [0.9, 0.8, 72_000],
  [0.85, 0.75, 10_000],
  [0.75, 0.6, 72_000],
] as const;

/** Reviews until the alarm, in every run, of a segment that starts at its new accuracy. */
function delays(boundary: number, accuracyAfter: number, threshold: number): number[] {
  const random = seededRandom(160);
  return Array.from({ length: runs }, () => {
    const { step, observations } = openDetector(1 - boundary);
    while (step(random() < accuracyAfter ? 0 : 1, 1) < Math.log(threshold));
    return observations();
  });
}

it("says how many reviews the detector takes", () => {
  for (const [boundary, accuracyAfter, threshold] of cells) {
    const plan = reviewsToDetect({ boundary, accuracyAfter, threshold });
    const taken = delays(boundary, accuracyAfter, threshold);
    const ratio = taken.reduce((sum, n) => sum + n, 0) / runs / plan.mean;
    expect(ratio).toBeGreaterThan(0.78);
    expect(ratio).toBeLessThan(1.28);
    const within = (most: number) => taken.filter((n) => n <= most).length / runs;
    expect(Math.abs(within(plan.in80) - 0.8)).toBeLessThan(0.1);
    expect(Math.abs(within(plan.in95) - 0.95)).toBeLessThan(0.05);
  }
});

it("would see a plan for half of the drop, or for a threshold a thousand times lower", () => {
  const taken = delays(0.95, 0.85, 72_000).reduce((sum, n) => sum + n, 0) / runs;
  const half = reviewsToDetect({ boundary: 0.95, accuracyAfter: 0.9, threshold: 72_000 });
  const lower = reviewsToDetect({ boundary: 0.95, accuracyAfter: 0.85, threshold: 72 });
  expect(taken / half.mean).toBeLessThan(0.78);
  expect(taken / lower.mean).toBeGreaterThan(1.28);
});
