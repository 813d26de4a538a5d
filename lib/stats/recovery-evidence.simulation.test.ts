import { expect, it } from "vitest";
import { recoveryEvidence, recoveryThreshold } from "./recovery-evidence";
import { upToChance } from "./testing/count-alarms";
import { seededRandom } from "./testing/seeded-random";

/** Reviews after which a segment of this accuracy counts as recovered, or null within `most`. */
function recoveredAfter(
  random: () => number,
  accuracy: number,
  incident: { accuracy: number; boundary: number },
  most: number,
) {
  let right = 0;
  for (let review = 1; review <= most; review += 1) {
    if (random() < accuracy) right += 1;
    const classes = [
      { weight: 1, error: 0, count: right },
      { weight: 1, error: 1, count: review - right },
    ];
    const evidence = recoveryEvidence(classes, incident);
    if (evidence !== null && evidence >= recoveryThreshold) return review;
  }
  return null;
}

it("is reached in at most 5 % of cases while accuracy is still half way, looked at after every review", () => {
  const random = seededRandom(150);
  const incident = { accuracy: 0.85, boundary: 0.95 };
  const falsely = (accuracy: number, runs: number) =>
    Array.from({ length: runs }, () => recoveredAfter(random, accuracy, incident, 600)).filter(
      (review) => review !== null,
    ).length / runs;
  expect(falsely(0.9, 800)).toBeLessThanOrEqual(upToChance(0.05, 800));
  // Planted fault: accuracy only two points above half way is found out.
  expect(falsely(0.92, 200)).toBeGreaterThan(upToChance(0.05, 200));
});

it("is reached after about 130 reviews of 95 % when the incident was at 85 and the boundary at 93", () => {
  const random = seededRandom(151);
  const delays = Array.from({ length: 400 }, () =>
    recoveredAfter(random, 0.95, { accuracy: 0.85, boundary: 0.93 }, 5000),
  ).map((review) => review ?? Infinity);
  const median = delays.toSorted((a, b) => a - b)[200] ?? Infinity;
  expect(median).toBeGreaterThan(105);
  expect(median).toBeLessThan(155);
});
