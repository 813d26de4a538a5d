import { fitWatched } from "@/lib/drift/fit-features";
import type { OutputFacts } from "@/lib/drift/output-facts";
import { contentKey } from "@/lib/drift/repeats";
import { typicalityScorer } from "@/lib/drift/score-typicality";
import { madeClaim } from "@/lib/drift/testing/made-claims";
import { fitTypicality } from "@/lib/drift/typicality-model";
import { noWindowCounts, windowCounter } from "@/lib/drift/window-counts";
import { seededRandom } from "@/lib/stats/seeded-random";
import type { BenchSection } from "./section";

const PILOT = 3000;
const OUTPUTS = 5000;
const ROUNDS = 7;
/** Letters added to the text, so that an output has about 1 KB. */
const FILLING = 600;

/** What drift, typicality and repetitions cost an output, in one thread; the yardstick is parsing the same output. */
export async function benchDrift(): Promise<BenchSection> {
  const random = seededRandom(7);
  const words = Array.from({ length: 200 }, () => Math.floor(1e6 * random()).toString(36));
  const made = (): OutputFacts =>
    madeClaim(random, (input) => {
      let text = input.text;
      while (text.length < FILLING) text += ` ${words[Math.floor(words.length * random())]}`;
      return { ...input, text };
    });
  const pilot = Array.from({ length: PILOT }, (_, at) => ({ facts: made(), cluster: `pilot-${at}` }));
  const outputs = Array.from({ length: OUTPUTS }, made);
  const texts = outputs.map((facts) => JSON.stringify(facts));
  const { features } = fitWatched(pilot);
  const fitted = fitTypicality(pilot);
  if (!fitted.on) throw new Error(fitted.sentence);
  const count = windowCounter(features);
  const counts = noWindowCounts(features);
  const score = typicalityScorer(fitted.model);
  const parse = fastest(texts, (text) => JSON.parse(text));
  const costs: [string, number][] = [
    ["Parsing the output (yardstick)", parse],
    ["Counting it into the bins of every field", fastest(outputs, (facts) => count(counts, facts))],
    ["Typicality, with the reasons of those that are marked", fastest(outputs, (facts) => score(facts))],
    [
      "Keys of input and output, to find repetitions",
      fastest(outputs, ({ input, output }) =>
        contentKey({
          input: JSON.stringify(input),
          output: JSON.stringify(output),
          model: "m",
          version: "1",
        }),
      ),
    ],
  ];
  const bytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
  return {
    title: "Drift and typicality of an output",
    note: `Fastest of ${ROUNDS} rounds over ${OUTPUTS} outputs of ${bytes} bytes with ${features.length} fields, in one thread. Aim: at most 40 µs for typicality.`,
    columns: ["what", "µs an output", "of parsing"],
    rows: costs.map(([what, cost]) => [what, cost.toFixed(1), `${(cost / parse).toFixed(1)} ×`]),
  };
}

function fastest<Item>(items: readonly Item[], work: (item: Item) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    for (const item of items) work(item);
    best = Math.min(best, performance.now() - started);
  }
  return (best * 1000) / items.length;
}
