import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { falseAlarmShare, type Measured, type Open, reviewsToAlarm } from "./simulate";

export const accuracies = [0.95, 0.85] as const;
export const drops = [0.02, 0.05, 0.1, 0.2] as const;

export interface Runs {
  withoutDrop: number;
  perDrop: number;
}

/** In the order of the table: false alarms at each accuracy, then the drops at each accuracy. */
export interface MethodResult {
  falseAlarms: Measured[];
  delays: Measured[];
}

/** The threshold for 36,000 reviews a year and one false alarm in two years. */
export const chosenThreshold = 72_000;

/** What the design of the product promises for the chosen method, from 6,000 and 1,500 runs of its own. */
export const designed = {
  falseAlarms: [0.028, 0.033],
  delays: [1580, 337, 114, 40, 3559, 687, 212, 67],
  runs: { withoutDrop: 6000, perDrop: 1500 },
};

export function measureMethod(open: Open, runs: Runs, seed: number): MethodResult {
  const random = seededRandom(seed);
  const cells = accuracies.flatMap((accuracy) => drops.map((drop) => ({ errorRate: 1 - accuracy, drop })));
  return {
    falseAlarms: accuracies.map((accuracy) => falseAlarmShare(open, 1 - accuracy, runs.withoutDrop, random)),
    delays: cells.map((change) => reviewsToAlarm(open, change, runs.perDrop, random)),
  };
}

/** How far a measured mean is from the designed one, in standard errors of their difference. */
function distance(
  measured: Measured,
  value: number,
  designedDeviation: number,
  designedRuns: number,
): number {
  const { mean, standardDeviation, runs } = measured;
  return (
    (mean - value) /
    Math.hypot(standardDeviation / Math.sqrt(runs), designedDeviation / Math.sqrt(designedRuns))
  );
}

/** The distances of all cells from the design, in the order of the table; beyond 3 they are not chance. */
export function distancesFromDesign({ falseAlarms, delays }: MethodResult): number[] {
  const { runs } = designed;
  return [
    ...falseAlarms.map((measured, i) => {
      const share = designed.falseAlarms[i] ?? 0;
      return distance(measured, share, Math.sqrt(share * (1 - share)), runs.withoutDrop);
    }),
    ...delays.map((measured, i) =>
      distance(measured, designed.delays[i] ?? 0, measured.standardDeviation, runs.perDrop),
    ),
  ];
}
