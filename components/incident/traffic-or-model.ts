import { formatDecimal, formatPercent } from "@/lib/core/format";
import type { MixRate, MixRateSplit, Segment } from "@/lib/estimate/schema";

export interface TrafficOrModel {
  kind: "model" | "traffic" | "both" | "unclear";
  headline: string;
  /** What it rests on, each a sentence. */
  details: string[];
}

/** A part of the gap below this is called small beside the rest. */
const SMALL_PART = 0.25;
/** A change of the share of traffic below this is called hardly any. */
const SMALL_SHARE = 0.02;

/** Whether the accuracy of all outputs fell because they are other outputs, or because the same ones are answered worse. */
export function overallReason({ gap, split }: MixRate): TrafficOrModel {
  if (!gap || !split) return unclear("There are too few reviews on one side to tell.");
  const traffic = split.mix.difference + (split.fresh?.difference ?? 0);
  const model = split.rate.difference;
  const total = Math.abs(traffic) + Math.abs(model);
  const details = [
    `Compared by ${split.attribute}: ${points(model)} from answers that changed on the same traffic (${bare(split.rate.low)} to ${bare(split.rate.high)}), ${points(traffic)} from other traffic.`,
    ...freshText(split),
    "Another attribute may split it otherwise.",
  ];
  if (gap.difference >= 0 || total === 0)
    return { ...unclear("Accuracy of all outputs is not below what it was before."), details };
  if (model < 0 && Math.abs(traffic) < SMALL_PART * total)
    return { kind: "model", headline: "Answers got worse on the same traffic.", details };
  if (traffic < 0 && Math.abs(model) < SMALL_PART * total)
    return {
      kind: "traffic",
      headline: "The traffic changed; answers to the same traffic hardly did.",
      details,
    };
  return { kind: "both", headline: "Both: other traffic, and worse answers on the same traffic.", details };
}

/** The same for one value of an attribute: whether it is answered worse, or has only become more of the traffic. */
export function segmentReason({ split }: MixRate, segment: Segment): TrafficOrModel {
  const row = split?.segments.find(({ value }) => value === segment.value);
  if (!row || row.accuracy_before === null || row.accuracy_after === null)
    return unclear("There are too few reviews of it on one side to tell.");
  const share = `${formatPercent(row.share_before, 0)} of the traffic before and ${formatPercent(row.share_after, 0)} since`;
  const accuracy = `${formatPercent(row.accuracy_before)} before and ${formatPercent(row.accuracy_after)} since`;
  const details = [
    `It was ${share}. Its accuracy was ${accuracy}.`,
    `On the accuracy of all outputs that is ${points(row.rate.difference)} by its answers (${bare(row.rate.low)} to ${bare(row.rate.high)}) and ${points(row.mix)} by its part of the traffic.`,
  ];
  const grew = Math.abs(row.share_after - row.share_before) >= SMALL_SHARE;
  if (row.rate.high < 0) {
    const traffic = grew ? "its part of the traffic changed too" : "its part of the traffic hardly changed";
    return { kind: grew ? "both" : "model", headline: `Its answers got worse; ${traffic}.`, details };
  }
  return { kind: "unclear", headline: "Its answers are not clearly worse than before.", details };
}

function freshText({ fresh, fresh_segments: values }: MixRateSplit): string[] {
  if (!fresh || values.length === 0) return [];
  const names = values
    .slice(0, 3)
    .map(({ value }) => (value === null ? "rare values" : value === "" ? "(empty)" : value));
  const more = values.length > names.length ? ` and ${values.length - names.length} more` : "";
  return [`New since then: ${names.join(", ")}${more}, ${points(fresh.difference)} of it.`];
}

function unclear(headline: string): TrafficOrModel {
  return { kind: "unclear", headline, details: [] };
}

/** −0.052 → "−5.2 points" */
function points(difference: number): string {
  return `${bare(difference)} points`;
}

/** −0.052 → "−5.2"; nothing has no sign. */
function bare(difference: number): string {
  const text = formatDecimal(Math.abs(difference * 100), 1);
  if (text === "0.0") return text;
  return `${difference < 0 ? "−" : "+"}${text}`;
}
