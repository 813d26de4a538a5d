import { dayRange } from "@/components/chart/calendar-day";
import { Stat } from "@/components/ui/card";
import { formatCount, formatDay, formatInterval, formatPercent, formatRough } from "@/lib/core/format";
import type { AccuracyIncident } from "@/lib/incident/schema";

const FEWEST_FOR_PERCENT = 5;

/** What the reviews say about the time since the likely start, beside what was before and what was promised. */
export function IncidentNumbers({ incident }: { incident: AccuracyIncident }) {
  const {
    period,
    before,
    pilot,
    boundary,
    change_day: start,
    extra_wrong: extra,
    traffic_share: share,
  } = incident;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-4">
      <Stat
        label={start ? `Since about ${formatDay(start)}` : "Since then"}
        value={percent(period?.estimate)}
        detail={
          period ? (
            <>
              {formatInterval(period.estimate)}, {reviews(period.estimate.n)}
              <span className="block">{formatInterval(period.band)} however often one looks</span>
            </>
          ) : (
            "no reviews yet"
          )
        }
      />
      <Stat
        label="Before"
        value={percent(before?.estimate)}
        detail={
          before ? (
            <>
              {formatInterval(before.estimate)}, {reviews(before.estimate.n)}
              <span className="block">{dayRange(before.from, before.to)}</span>
            </>
          ) : (
            "nothing was reviewed before"
          )
        }
      />
      <Stat
        label="Must not fall below"
        value={formatPercent(boundary)}
        detail={pilot ? `pilot ${formatPercent(pilot.mean)} (${formatInterval(pilot)})` : "its boundary"}
      />
      <Stat
        label="More wrong outputs"
        value={extra === null ? "–" : `about ${formatRough(extra)}`}
        detail={
          <>
            than at its boundary, since then
            {share === null ? null : (
              <span className="block">{formatPercent(share, share < 0.1 ? 1 : 0)} of all outputs</span>
            )}
          </>
        }
      />
    </div>
  );
}

function percent(estimate: { mean: number; n: number } | null | undefined): string {
  if (!estimate) return "–";
  return estimate.n < FEWEST_FOR_PERCENT ? "too few" : formatPercent(estimate.mean);
}

function reviews(n: number): string {
  return n === 1 ? "1 review" : `${formatCount(n)} reviews`;
}
