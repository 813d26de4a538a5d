import { FEWEST_FOR_PERCENT } from "@/components/chart/chart-rows";
import { floorName, floorState, type PromiseState } from "@/components/chart/floor-words";
import { accuracyRange, accuracyText, isBounded } from "@/components/chart/estimate-text";
import { IntervalWhisker } from "@/components/chart/interval-whisker";
import { gapState } from "@/components/chart/state-sentence";
import { TextLink } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { formatCount, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import type { AccuracyEstimate, AccuracySeries } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

const PROMISE_WORDS: Readonly<Record<PromiseState, string>> = {
  below: "▼ below it",
  kept: "kept",
  unclear: "cannot be told yet",
};

/** The latest complete period beside the pilot, both with their range on one scale. */
export function AccuracyNow({
  series,
  floor,
  period,
  href,
}: {
  series: AccuracySeries;
  floor: AccuracyFloor | null;
  period: string;
  href: string;
}) {
  const { now, pilot } = series;
  const running = runningSentence(series);
  const promise = floorState(now, floor);
  const low = Math.min(now?.estimate.low ?? 1, pilot?.estimate.low ?? 1);
  const scale = { min: Math.max(0, Math.floor(low * 20) / 20), max: 1 };
  const reading = (estimate: AccuracyEstimate) => (
    <div className="mt-1.5">
      <IntervalWhisker estimate={estimate} pilot={pilot?.estimate.mean} {...scale} width={168} />
    </div>
  );
  return (
    <Card title="Accuracy now" actions={<TextLink href={href}>Trend</TextLink>} className="h-full">
      <div className="grid grid-cols-2 gap-x-4 gap-y-5">
        <div>
          <Stat
            label="Production"
            value={now ? accuracyText(now.estimate) : "–"}
            detail={
              now
                ? `${formatInterval(accuracyRange(now.estimate))}, ${formatCount(now.estimate.n)} reviews`
                : "too few reviews"
            }
          />
          {now ? reading(now.estimate) : null}
          {now ? <p className="mt-1 text-xs text-subtle">{period}</p> : null}
        </div>
        <div>
          <Stat
            label={pilot?.frozen ? "Pilot, frozen" : "Pilot, not frozen yet"}
            value={pilot ? accuracyText(pilot.estimate) : "–"}
            detail={
              pilot
                ? `${formatInterval(accuracyRange(pilot.estimate))}, ${formatCount(pilot.estimate.n)} reviews`
                : "nothing to compare with"
            }
          />
          {pilot ? reading(pilot.estimate) : null}
        </div>
        {now?.gap && !isBounded(now.estimate) ? (
          <p className="col-span-2 border-t border-line pt-3 text-sm text-muted">
            Difference{" "}
            <span className={gapState(now.gap) === "unclear" ? "tabular" : "font-semibold text-ink tabular"}>
              {formatPoints(now.gap.difference)}
            </span>{" "}
            <span className="text-xs text-subtle tabular">
              ({formatPoints(now.gap.low)} to {formatPoints(now.gap.high)})
            </span>
            {gapState(now.gap) === "unclear" ? ", which may be chance" : null}
          </p>
        ) : null}
        {floor && promise ? (
          <p className="col-span-2 border-t border-line pt-3 text-sm text-muted">
            {floorName(floor)}:{" "}
            <span className={promise === "below" ? "font-semibold text-ink" : undefined}>
              {PROMISE_WORDS[promise]}
            </span>
          </p>
        ) : null}
        {running ? (
          <p className="col-span-2 border-t border-line pt-3 text-sm text-muted">{running}</p>
        ) : null}
      </div>
    </Card>
  );
}

/** A period that is not over is looked at again and again: only a range that allows for that is shown. */
function runningSentence(series: AccuracySeries): string | null {
  const last = series.points.at(-1);
  if (last?.state !== "in_progress" || !last.band || (last.estimate?.n ?? 0) < FEWEST_FOR_PERCENT)
    return null;
  const { mean, n } = last.estimate ?? { mean: 0, n: 0 };
  return `So far this ${series.period.period}: ${formatPercent(mean)} (${formatInterval(last.band)}, however often you look), ${formatCount(n)} reviews.`;
}
