import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { dayRange } from "@/components/chart/calendar-day";
import { gapState } from "@/components/chart/state-sentence";
import { DifferenceTable } from "@/components/table/difference-table";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount, formatDecimal, formatSegmentValue } from "@/lib/core/format";
import type { RankedDifferences } from "@/lib/estimate/rank-differences";

import { segmentText } from "./view-state";

/** What is other in the days that somebody picked in the chart: where to look, said to be no finding. */
export function DifferenceCard({ slug, found }: { slug: string; found: RankedDifferences }) {
  const { inside, whole, ranked, thin, compared } = found;
  const outputs = { ...inside, phase: "production", state: "counted" } as const;
  return (
    <Card
      flush
      title="What differs in these days?"
      description={`${dayRange(inside.from, inside.to)} against the other days of ${dayRange(whole.from, whole.to)}, all outputs`}
      actions={<LinkButton href={outputAddress(slug, outputs)}>Show these outputs</LinkButton>}
      footer={
        thin > 0
          ? `${formatCount(thin)} of ${formatCount(compared)} values have fewer than 5 reviews on a side and are not compared.`
          : null
      }
    >
      <div className="px-4 pb-3">
        <p className="text-lg font-medium text-ink text-pretty">{differenceSentence(found)}</p>
        <p className="mt-1 max-w-4xl text-sm text-muted text-pretty">
          Exploratory: days picked by looking at the chart, and many values at once, show differences by
          chance alone. It says where to look; whether something got worse is told by the incidents.
        </p>
      </div>
      {ranked.length > 0 ? (
        <DifferenceTable
          ranked={ranked}
          outputsHref={({ segment }) => outputAddress(slug, { ...outputs, segment: [segmentText(segment)] })}
        />
      ) : null}
    </Card>
  );
}

function differenceSentence({ overall, ranked }: RankedDifferences): string {
  const { inside, rest, difference } = overall;
  if (!inside) return "Nobody has reviewed any output of these days.";
  if (!rest || !difference) return "There are no other days in the range to compare these with.";
  const points = (value: number) => formatDecimal(Math.abs(value * 100), 1);
  const state = gapState(difference);
  const whole =
    state === "unclear"
      ? `No clear difference from the other days (from ${points(difference.low)} points worse to ${points(difference.high)} better)`
      : `${points(difference.difference)} points ${state === "below" ? "worse" : "better"} than the other days (${[points(difference.low), points(difference.high)].sort((a, b) => Number(a) - Number(b)).join(" to ")})`;
  const [first] = ranked;
  const lead =
    first && gapState(first.difference) !== "unclear"
      ? `; most of all ${first.segment.attribute} ${formatSegmentValue(first.segment.value)}`
      : "";
  return `${whole}${lead}.`;
}
