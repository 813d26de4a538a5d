import type { LabelledOutput } from "@/lib/backtest/history";
import { judgeTruth } from "@/lib/review/judge-truth";
import { type RecordedRule, recordedDefinition } from "./recorded-rule";
import type { RecordedOutput } from "./recorded-stream";

/** Label of each output in [0, 1], judged by the product's own comparator; null when nobody can know it. */
export function recordedScores(
  records: readonly RecordedOutput[],
  rule: RecordedRule,
): Map<string, number | null> {
  const definition = recordedDefinition(rule, records);
  return new Map(
    records.map(({ id, output, groundTruth }) => [
      id,
      judgeTruth(definition, groundTruth, output)?.score ?? null,
    ]),
  );
}

/** A recorded stream as labelled history, in which outputs with the same `clusterOf` fail together. */
export function labelledOutputs(
  records: readonly RecordedOutput[],
  scores: ReadonlyMap<string, number | null>,
  clusterOf: (record: RecordedOutput) => string | null = ({ cluster }) => cluster ?? null,
): LabelledOutput[] {
  return records.map((record) => ({
    externalId: record.id,
    instant: Date.parse(record.occurredAt),
    phase: record.phase === "pilot" ? "PILOT" : "PRODUCTION",
    segments: Object.fromEntries(Object.entries(record.segments).map(([key, value]) => [key, String(value)])),
    cluster: clusterOf(record),
    flagged: false,
    sourceProbability: 1,
    score: scores.get(record.id) ?? null,
  }));
}
