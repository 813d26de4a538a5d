import { DocLink } from "@/components/docs/doc-link";
import { DescriptionList } from "@/components/ui/card";
import {
  formatCount,
  formatDecimal,
  formatInstant,
  formatProbability,
  formatSegmentValue,
} from "@/lib/core/format";
import type { OutputDetail } from "@/lib/output/schema";

/** How chance decided about this output, and how much it counts, so that anybody can check the estimate. */
export function SamplingFacts({ output, timeZone }: { output: OutputDetail; timeZone: string }) {
  const { sampling } = output;
  const { stratum, epoch } = sampling;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink text-pretty">
        {samplingSentence(output)}{" "}
        <DocLink to="/docs/numbers#probabilities">Why the probability is kept</DocLink>
      </p>
      <DescriptionList
        items={[
          { term: "Group", detail: stratumName(stratum, output.phase) },
          ...(sampling.stratum.flagged ? [{ term: "Drawn more often", detail: raisedBy(output) }] : []),
          { term: "Sampling rate", detail: formatProbability(sampling.rate) },
          ...(sampling.effective_rate < sampling.rate
            ? [{ term: "Reviewed up to", detail: formatProbability(sampling.effective_rate) }]
            : []),
          ...(sampling.source_probability < 1
            ? [{ term: "Sender's own rate", detail: formatProbability(sampling.source_probability) }]
            : []),
          { term: "Its number", detail: formatDecimal(sampling.random_number, 6) },
          {
            term: "Rates of",
            detail: `${formatInstant(epoch.starts_at, timeZone)} to ${formatInstant(epoch.ends_at, timeZone)}${epoch.closed ? "" : " (still open)"}`,
          },
        ]}
      />
    </div>
  );
}

/** "It was chosen with a probability of 4.2 %, so it stands for about 24 outputs." */
export function samplingSentence({ sampling, state }: Pick<OutputDetail, "sampling" | "state">): string {
  const rate = formatProbability(sampling.rate);
  if (state === "not_drawn") {
    return sampling.rate > 0
      ? `Each output of its group is chosen with a probability of ${rate}; chance did not choose this one.`
      : "No output of its group is chosen for review.";
  }
  if (sampling.weight === null) return `It was chosen with a probability of ${rate}.`;
  const probability = sampling.source_probability * sampling.effective_rate;
  if (probability >= 1) return "Every output of its group is judged, so it stands for itself alone.";
  return `It was chosen with a probability of ${formatProbability(probability)}, so it stands for about ${weightText(sampling.weight)} outputs.`;
}

function weightText(weight: number): string {
  return weight < 10 ? formatDecimal(weight, 1) : formatCount(weight);
}

function stratumName(stratum: OutputDetail["sampling"]["stratum"], phase: OutputDetail["phase"]): string {
  const group =
    stratum.attribute === "" ? "all outputs" : `${stratum.attribute} = ${formatSegmentValue(stratum.value)}`;
  if (phase === "held") return "in quarantine";
  return `${phase}, ${group}${stratum.flagged ? ", drawn more often" : ""}`;
}

/** Outputs with something odd are drawn more often, and so are those that lie where the traffic has moved. */
export function raisedBy({ flags }: Pick<OutputDetail, "flags">): string {
  if (flags.length === 0) return "a field of it lies where it has moved away from the pilot";
  return `flagged: ${flags.map((flag) => flag.replaceAll("_", " ").toLowerCase()).join(", ")}`;
}
