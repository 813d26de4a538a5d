import { contentText, instantText, objectText, type OtlpLog } from "./otlp-value";
import { firstHit, firstText } from "./span-content";
import { outputId, truthText } from "./span-record";

const EVALUATION = "gen_ai.evaluation.result";

export function isEvaluation({ eventName, attributes }: OtlpLog): boolean {
  return (eventName || attributes.get("event.name")) === EVALUATION;
}

/** What all evaluations of one output in one request say together. */
interface Evaluated {
  members: Map<string, string>;
  /** The whole truth, where the sender says it. */
  truth: string | null;
  nanos: bigint;
}

/**
 * The truths that evaluations tell, as the texts that `POST /ground-truth` would have been sent: `{name: label}`, or the score where
 * there is no label. Evaluations of one output are one truth, as each may answer another question of the form.
 */
export function evaluationRecords(logs: readonly OtlpLog[]): string[] {
  const byOutput = new Map<string | OtlpLog, Evaluated>();
  for (const log of logs) {
    const key = outputId(log) ?? log;
    const known = byOutput.get(key) ?? { members: new Map<string, string>(), truth: null, nanos: 0n };
    byOutput.set(key, known);
    if (log.nanos > known.nanos) known.nanos = log.nanos;
    known.truth ??= truthText(log.attributes);
    const name = firstText(log.attributes, ["gen_ai.evaluation.name"]);
    const value = firstHit(log.attributes, [
      "gen_ai.evaluation.score.label",
      "gen_ai.evaluation.score.value",
    ]);
    if (name !== null && value !== null) known.members.set(name, contentText(value));
  }
  return [...byOutput].map(([key, evaluated]) => recordText(typeof key === "string" ? key : null, evaluated));
}

function recordText(id: string | null, { members, truth, nanos }: Evaluated): string {
  const said = truth ?? (members.size === 0 ? null : objectText([...members]));
  const knownAt = instantText(nanos);
  const record: [string, string][] = [];
  if (id !== null) record.push(["id", JSON.stringify(id)]);
  if (said !== null) record.push(["ground_truth", said]);
  if (knownAt !== null) record.push(["known_at", JSON.stringify(knownAt)]);
  return objectText(record);
}
