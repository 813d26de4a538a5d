import { tracestateProbability } from "@/lib/stats/tracestate-probability";
import {
  type Attributes,
  contentText,
  instantText,
  objectText,
  type OtlpItem,
  type OtlpSpan,
  type OtlpValue,
  valueText,
} from "./otlp-value";
import type { OutputSpan } from "./outermost-spans";
import { firstHit, firstText, MODEL_NAMES } from "./span-content";

const SEGMENT = "assay.segment.";

/**
 * The record of a span, as the text that `POST /outputs` would have been sent: guard, reading, contract and quarantine are then the
 * same. What the span does not say is absent, so that its reason names our field.
 */
export function spanRecord({ span, input, output }: OutputSpan): string {
  const { attributes } = span;
  const members: [string, string][] = [];
  const add = (name: string, text: string | null) => {
    if (text !== null) members.push([name, text]);
  };
  add("id", jsonOf(outputId(span)));
  add("occurred_at", jsonOf(instantText(span.endNanos === 0n ? span.startNanos : span.endNanos)));
  add("input", input);
  add("output", output);
  add("model", modelText(span));
  add("segments", segmentsText(span));
  add("confidence", textOfHit(attributes, "assay.confidence"));
  add("phase", textOfHit(attributes, "assay.phase"));
  add("ground_truth", truthText(attributes));
  add("inclusion_probability", probabilityText(span));
  // Outputs of one trace fail together, also when its spans come in several requests.
  add(
    "cluster",
    jsonOf(firstText(attributes, ["gen_ai.conversation.id", "session.id"]) ?? idOf(span.traceId)),
  );
  add("telemetry", telemetryText(span));
  const service = firstText(span.resource, ["service.name"]);
  if (service !== null) add("environment", objectText([["service", JSON.stringify(service)]]));
  return objectText(members);
}

/** The same for a span and for what is said about it later. */
export function outputId({ attributes, traceId, spanId }: OtlpItem): string | null {
  const named = firstText(attributes, ["assay.output.id", "gen_ai.response.id"]);
  return named ?? (traceId === "" || spanId === "" ? null : `${traceId}:${spanId}`);
}

/** What the sender knows to be right. */
export function truthText(attributes: Attributes): string | null {
  const truth = firstHit(attributes, ["assay.ground_truth"]);
  return truth === null ? null : contentText(truth);
}

function jsonOf(text: string | null): string | null {
  return text === null ? null : JSON.stringify(text);
}

function idOf(hex: string): string | null {
  return hex === "" ? null : hex;
}

function textOfHit(attributes: Attributes, name: string): string | null {
  const value = firstHit(attributes, [name]);
  return value === null ? null : valueText(value);
}

function modelText({ attributes, resource }: OtlpSpan): string | null {
  const name = firstText(attributes, MODEL_NAMES);
  if (name === null) return null;
  const version = firstText(resource, ["service.version"]);
  const members: [string, string][] = [["name", JSON.stringify(name)]];
  if (version !== null) members.push(["version", JSON.stringify(version)]);
  return objectText(members);
}

/** Of the process and of the span, which says it better. */
function segmentsText({ attributes, resource }: OtlpSpan): string | null {
  const segments = new Map<string, OtlpValue>();
  for (const each of [resource, attributes]) {
    for (const [key, value] of each)
      if (key.startsWith(SEGMENT)) segments.set(key.slice(SEGMENT.length), value);
  }
  return segments.size === 0 ? null : valueText(segments);
}

/** A threshold that cannot be read goes on as it is, and holds the record back: 1 would be a guess. */
function probabilityText({ attributes, traceState }: OtlpSpan): string | null {
  const said = textOfHit(attributes, "assay.sampling.probability");
  if (said !== null) return said;
  const { probability, reason } = tracestateProbability(traceState);
  if (probability !== null) return JSON.stringify(probability);
  return reason === "no-threshold" ? null : JSON.stringify(traceState);
}

function telemetryText({ traceId, spanId, name, startNanos, endNanos, failed }: OtlpSpan): string {
  const members: [string, string][] = [
    ["trace_id", JSON.stringify(traceId)],
    ["span_id", JSON.stringify(spanId)],
    ["name", JSON.stringify(name)],
    ["status", failed ? '"error"' : '"ok"'],
  ];
  if (startNanos !== 0n && endNanos >= startNanos) {
    members.push(["latency_ms", JSON.stringify(Number(endNanos - startNanos) / 1e6)]);
  }
  return objectText(members);
}
