import { expect, it } from "vitest";
import { alwaysValidBand } from "./always-valid-band";
import { clopperPearson } from "./clopper-pearson";
import type { WeightClass } from "./evidence-from-counts";
import type { Interval } from "./interval";
import { upToChance } from "./testing/count-alarms";
import { seededRandom } from "./testing/seeded-random";

const [reviews, lookEvery] = [1000, 20];

type Tally = { normal: { right: number; wrong: number }; flagged: { right: number; wrong: number } };

/** Flagged outputs are sampled `factor` times as often and fail three times as often. */
type Design = { accuracy: number; factor: number };

function classesOf({ normal, flagged }: Tally, flaggedWeight: number): WeightClass[] {
  return [
    { weight: 1, error: 0, count: normal.right },
    { weight: 1, error: 1, count: normal.wrong },
    { weight: flaggedWeight, error: 0, count: flagged.right },
    { weight: flaggedWeight, error: 1, count: flagged.wrong },
  ];
}

/** Share of runs in which the truth was outside of the interval at one of fifty looks or more. */
function everMissed(
  runs: number,
  seed: number,
  design: Design,
  intervalOf: (tally: Tally) => Interval | null,
): number {
  const { accuracy, factor } = design;
  const random = seededRandom(seed);
  const normalError = (1 - accuracy) / 1.2;
  const sampledFlagged = (0.1 * factor) / (0.9 + 0.1 * factor);
  let missed = 0;
  for (let run = 0; run < runs; run += 1) {
    const tally: Tally = { normal: { right: 0, wrong: 0 }, flagged: { right: 0, wrong: 0 } };
    for (let review = 1; review <= reviews; review += 1) {
      const kind = random() < sampledFlagged ? "flagged" : "normal";
      const isWrong = random() < normalError * (kind === "flagged" ? 3 : 1);
      tally[kind][isWrong ? "wrong" : "right"] += 1;
      if (review % lookEvery !== 0) continue;
      const interval = intervalOf(tally);
      if (interval !== null && interval.low <= accuracy && accuracy <= interval.high) continue;
      missed += 1;
      break;
    }
  }
  return missed / runs;
}

it("holds the truth at every one of fifty looks in at least 95 % of runs", () => {
  for (const accuracy of [0.85, 0.95, 0.99]) {
    const band = (tally: Tally) => alwaysValidBand(classesOf(tally, 1));
    expect(everMissed(500, 130, { accuracy, factor: 1 }, band)).toBeLessThanOrEqual(upToChance(0.05, 500));
  }
});

it("would see an interval that is right at one look only: Clopper-Pearson", () => {
  const once = ({ normal, flagged }: Tally) => {
    const right = normal.right + flagged.right;
    return clopperPearson(right, right + normal.wrong + flagged.wrong);
  };
  expect(everMissed(500, 131, { accuracy: 0.95, factor: 1 }, once)).toBeGreaterThan(0.12);
});

it("holds it when flagged outputs are sampled five times as often, if and only if they are weighted", () => {
  const design = { accuracy: 0.9, factor: 5 };
  const weighted = (tally: Tally) => alwaysValidBand(classesOf(tally, 1 / design.factor));
  const unweighted = (tally: Tally) => alwaysValidBand(classesOf(tally, 1));
  expect(everMissed(400, 132, design, weighted)).toBeLessThanOrEqual(upToChance(0.05, 400));
  expect(everMissed(200, 133, design, unweighted)).toBeGreaterThan(0.5);
});
