import type { KeyedFacts } from "@/lib/contract/record-facts";
import { seededRandom } from "@/lib/stats/seeded-random";

/** Orders with names, codes, dates, amounts, a list and a sentence, about 1 KB as JSON. */
export function recordMaker(seed: number): (_: unknown, at: number) => KeyedFacts {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]) => values[Math.floor(values.length * random())];
  const day = () => `2026-0${1 + Math.floor(9 * random())}-${10 + Math.floor(18 * random())}`;
  return (_, at) => {
    const net = Math.round(100_000 * random()) / 100;
    const input = {
      order: `A-${100_000 + at}`,
      customer: {
        id: `c${Math.floor(900 * random())}`,
        country: pick(["de", "fr", "it", "es"]),
        since: day(),
      },
      placed: `${day()}T09:15:05Z`,
      lines: Array.from({ length: 4 }, () => ({
        sku: `S-${1000 + Math.floor(900 * random())}`,
        count: 1 + Math.floor(5 * random()),
        price: Math.round(5_000 * random()) / 100,
      })),
      net,
      gross: Math.round(119 * net) / 100,
      paid: random() < 0.3 ? null : day(),
      channel: pick(["web", "shop", "phone"]),
      gift: random() < 0.1,
      text: `Please deliver to the side door before ${8 + Math.floor(10 * random())} o'clock. ${"The bell does not ring. ".repeat(12)}`,
    };
    const output = {
      label: pick(["accept", "review", "refuse"]),
      score: random(),
      amount: net,
      reason: "rules 4 and 7",
    };
    return { key: `r${at}`, facts: { input, output } };
  };
}
