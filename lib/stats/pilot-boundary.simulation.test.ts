import { expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { boundaryError, pilotBoundary } from "./pilot-boundary";
import { alarmedShare, upToChance } from "./testing/count-alarms";
import { seededRandom } from "./testing/seeded-random";
import type { Observation } from "./weight-classes";

const [runs, n, threshold, pilotLabels] = [500, 3600, 72_000, 100];

function* stream(random: () => number): Generator<Observation> {
  for (let i = 0; i < n; i += 1) yield { error: random() < 0.05 ? 1 : 0, weight: 1 };
}

function falseAlarms(boundary: (pilot: { mean: number; low80: number }) => number): number {
  const random = seededRandom(110);
  const boundaryErrorOf = () => {
    let right = 0;
    for (let i = 0; i < pilotLabels; i += 1) if (random() >= 0.05) right += 1;
    const low80 = clopperPearson(right, pilotLabels, 0.8)?.low ?? 0;
    return boundaryError(boundary({ mean: right / pilotLabels, low80 }));
  };
  return alarmedShare(runs, () => stream(random), { boundaryErrorOf, threshold });
}

it("keeps false alarms within 5 % after a pilot of 100 labels", () => {
  expect(falseAlarms(pilotBoundary)).toBeLessThanOrEqual(upToChance(n / threshold, runs));
});

it("would see a boundary at the pilot's own mean", () => {
  expect(falseAlarms(({ mean }) => mean)).toBeGreaterThan(0.2);
});
