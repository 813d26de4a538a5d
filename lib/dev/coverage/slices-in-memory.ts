import type { SampledStratum } from "@/lib/backtest/sampled-epoch";
import { type SearchedSample, sliceKey } from "@/lib/monitor/slice-counts";
import { DAY_MS } from "@/lib/sampling/open-epoch";
import { packedText } from "@/lib/stats/sampling-hash-many";
import type { MemorySample } from "./sample-in-memory";

export interface MemoryWindow {
  /** Judged production outputs as the search takes them. */
  samples: SearchedSample[];
  /** Outputs of single values and of all, by slice key. */
  traffic: Map<string, number>;
}

/**
 * The last days of a sampled stream, by the definitions of read-slices.ts.
 *
 * @param clusterOf outputs that count as one although they were drawn one by one; by default those that were drawn together
 */
export function memoryWindow(
  sample: MemorySample,
  days: number,
  clusterOf: (output: number) => string | null = declaredCluster(sample),
): MemoryWindow {
  const last = Math.max(...sample.epochs.map(({ startsAt }) => startsAt));
  const segmentsOf = memorySegments(sample);
  const window: MemoryWindow = { samples: [], traffic: new Map() };
  for (const { startsAt, strata } of sample.epochs) {
    if (startsAt <= last - days * DAY_MS) continue;
    for (const stratum of strata.values()) {
      if (stratum.key.phase !== "PRODUCTION") continue;
      for (const judged of judgedOutputs(stratum, sample)) {
        const { output, ...rest } = judged;
        window.samples.push({ ...rest, segments: segmentsOf(output), cluster: clusterOf(output) });
      }
      for (const output of stratum.outputs) {
        const parts = Object.entries(segmentsOf(output)).map(([attribute, value]) => [{ attribute, value }]);
        for (const key of [[], ...parts].map(sliceKey))
          window.traffic.set(key, (window.traffic.get(key) ?? 0) + 1);
      }
    }
  }
  return window;
}

function judgedOutputs(
  { rate, candidates, looked }: SampledStratum,
  { stream: { history }, draw }: MemorySample,
): { output: number; weight: number; score: number }[] {
  const next = candidates[looked];
  const cut = next === undefined ? rate : Math.min(rate, draw.randomNumbers[next] ?? rate);
  const processed = candidates.slice(0, looked).filter((output) => (draw.randomNumbers[output] ?? 1) < cut);
  const settled = processed.filter((output) => !Number.isNaN(history.scores[output]));
  const weight = processed.length / settled.length / cut;
  return settled.map((output) => ({ output, weight, score: history.scores[output] ?? 0 }));
}

function declaredCluster({ stream: { history } }: MemorySample) {
  return (output: number): string | null => {
    const cluster = history.clusters[output] ?? -1;
    return cluster < 0 ? null : packedText(history.clusterKeys, cluster);
  };
}

function memorySegments({ stream: { history } }: MemorySample) {
  return (output: number): Record<string, string> =>
    Object.fromEntries(
      history.attributes.flatMap(({ name, values, codes }) => {
        const value = values[codes[output] ?? -1];
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
}

/** Share of right outputs in the pilot, all of which is judged, by slice key: of all, and of values with at least so many labels. */
export function memoryPilot(sample: MemorySample, fewest: number): Map<string, { mean: number; n: number }> {
  const { history } = sample.stream;
  const segmentsOf = memorySegments(sample);
  const sums = new Map<string, { right: number; n: number }>();
  for (const [output, score] of history.scores.entries()) {
    if (history.pilot[output] !== 1 || Number.isNaN(score)) continue;
    const parts = Object.entries(segmentsOf(output)).map(([attribute, value]) => [{ attribute, value }]);
    for (const key of [[], ...parts].map(sliceKey)) {
      const { right, n } = sums.get(key) ?? { right: 0, n: 0 };
      sums.set(key, { right: right + score, n: n + 1 });
    }
  }
  const enough = [...sums].filter(([, { n }]) => n >= fewest);
  return new Map(enough.map(([key, { right, n }]) => [key, { mean: right / n, n }]));
}
