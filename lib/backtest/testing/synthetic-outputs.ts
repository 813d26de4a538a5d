import type { LabelledOutput } from "@/lib/backtest/history";
import { seededRandom } from "@/lib/stats/seeded-random";

const DAY_MS = 86_400_000;
/** A Monday. */
const FIRST = Date.UTC(2026, 0, 5);

export interface SyntheticOutputs {
  pilotDays: number;
  productionDays: number;
  perDay: number;
  /** Probability of a right output on a day of production (0 is the first; negative in the pilot) in a region. */
  accuracy: (day: number, region: string) => number;
  seed: number;
  /** Outputs that share a cluster and one fate; 1: none. */
  clusterSize?: number;
}

/** A made-up labelled stream over three regions, of which "south" is a fifth. */
export function syntheticOutputs(options: SyntheticOutputs): LabelledOutput[] {
  const { pilotDays, productionDays, perDay, accuracy, clusterSize = 1 } = options;
  const random = seededRandom(options.seed);
  const outputs: LabelledOutput[] = [];
  for (let day = -pilotDays; day < productionDays; day += 1) {
    let unit = { region: "", right: true, left: 0, name: "" };
    for (let at = 0; at < perDay; at += 1) {
      if (unit.left === 0) {
        const region = ["north", "north", "east", "east", "south"][Math.floor(random() * 5)] ?? "north";
        unit = {
          region,
          right: random() < accuracy(day, region),
          left: clusterSize,
          name: `${day} ${at}`,
        };
      }
      unit.left -= 1;
      outputs.push({
        externalId: `o ${day} ${at}`,
        instant: FIRST + (pilotDays + day) * DAY_MS + (at * DAY_MS) / perDay,
        phase: day < 0 ? "PILOT" : "PRODUCTION",
        segments: { region: unit.region, half: at % 2 === 0 ? "a" : "b" },
        cluster: clusterSize > 1 ? unit.name : null,
        flagged: false,
        sourceProbability: 1,
        score: unit.right ? 1 : 0,
      });
    }
  }
  return outputs;
}
