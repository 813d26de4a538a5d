import { DocLink } from "@/components/docs/doc-link";
import { dayRange } from "@/components/chart/calendar-day";
import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { mixRateSentence } from "@/components/chart/mix-rate-sentence";
import { hiddenRows, MixRateTable } from "@/components/table/mix-rate-table";
import { Card } from "@/components/ui/card";
import { formatGap, formatInterval } from "@/lib/core/format";
import type { MixRate } from "@/lib/estimate/schema";

import { ChosenDays, SplitControl } from "./finding-controls";
import type { Days } from "./view-state";

/** Whether accuracy differs because the traffic changed or because the answers did. */
export function MixRateCard({
  mix,
  chosen,
}: {
  mix: MixRate;
  /** Both sides, where the days are of one's own choice. */
  chosen: { later: Days; earlier: Days } | null;
}) {
  const { split, gap, attributes } = mix;
  const { headline, notes } = mixRateSentence(mix);
  const hidden = split ? hiddenRows(split) : 0;
  return (
    <Card
      flush
      title="Traffic or model?"
      description={
        <>
          All outputs, {sideText(mix.after)} against {sideText(mix.before)}.{" "}
          <DocLink to="/docs#mix">What that tells apart</DocLink>
        </>
      }
      actions={
        <SplitControl
          attributes={attributes.map(({ attribute }) => attribute)}
          current={split?.attribute ?? ""}
        />
      }
      footer={hidden > 0 ? `${hidden} values with small contributions are not listed.` : null}
    >
      {chosen ? <ChosenDays {...chosen} /> : null}
      <div className="px-4 pb-3">
        <p className="text-lg font-medium text-ink text-pretty">{headline}</p>
        <p className="mt-1 max-w-4xl text-sm text-muted text-pretty">
          {gap ? `${bothSides(mix)} ` : ""}
          {notes.join(" ")}
        </p>
      </div>
      {split ? <MixRateTable split={split} /> : null}
    </Card>
  );
}

function sideText({ kind, from, to, frozen }: MixRate["before"]): string {
  if (kind === "pilot" || from === null || to === null) return frozen ? "the frozen pilot" : "the pilot";
  return dayRange(from, to);
}

/** "75.3 % (74 to 77 %) against 83.2 % (81 to 85 %): −7.9 points (−10.1 to −5.7)." */
function bothSides({ before, after, gap }: MixRate): string {
  if (!before.estimate || !after.estimate || !gap) return "";
  return `${accuracyText(after.estimate)} (${formatInterval(accuracyRange(after.estimate))}) against ${accuracyText(before.estimate)} (${formatInterval(accuracyRange(before.estimate))}): ${formatGap(gap)}.`;
}
