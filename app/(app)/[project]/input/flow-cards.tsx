import { DocLink } from "@/components/docs/doc-link";
import { FlowFigure } from "@/components/chart/flow-figure";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatCount, formatDuration } from "@/lib/core/format";
import type { DayFlow, ReasonCount, SilenceView, SourceFreshness } from "@/lib/drift/flow-schema";
import { hoursText } from "@/lib/drift/silence-schema";

import { SilenceSettingForm } from "./silence-setting";

export function FlowCard({ days }: { days: readonly DayFlow[] }) {
  return (
    <Card
      title="What became of the records"
      description="By the day on which they were received, the last 30 days."
    >
      {days.length > 0 ? (
        <FlowFigure days={days} />
      ) : (
        <p className="text-sm text-muted">Nothing was received in the last 30 days.</p>
      )}
    </Card>
  );
}

export function ReasonCard({ reasons }: { reasons: readonly ReasonCount[] }) {
  return (
    <Card
      title="Why records stand out"
      description="The last seven days, the most frequent reason first."
      flush
    >
      {reasons.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">No record was flagged or held back.</p>
      ) : (
        <ul className="divide-y divide-line">
          {reasons.map(({ code, held, sentence, records }) => (
            <li key={`${code} ${held}`} className="flex items-baseline gap-x-3 px-4 py-2 text-sm">
              <span className="min-w-0 flex-1">
                <span className="text-ink">{sentence}</span>{" "}
                <span className="font-mono text-xs [overflow-wrap:anywhere] text-subtle">{code}</span>
              </span>
              {held ? <Badge tone="warn">held back</Badge> : null}
              <span className="text-muted tabular">{formatCount(records)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function FreshnessCard({
  slug,
  sources,
  silence,
  volume,
  now,
  canManage,
  moment,
}: {
  slug: string;
  sources: readonly SourceFreshness[];
  silence: SilenceView;
  /** That volume is not watched yet; null when it is. */
  volume: string | null;
  now: Date;
  canManage: boolean;
  moment: (at: string) => string;
}) {
  const past = silence.silences.filter(({ endedAt }) => endedAt !== null);
  const missed = new Set(
    silence.silences.flatMap(({ source, endedAt }) => (endedAt === null ? [source] : [])),
  );
  return (
    <Card
      title="Is anything still coming?"
      description={
        <>
          Every source with the hour of its newest record.{" "}
          <DocLink to="/docs/numbers#silence">Why silence is never green</DocLink>
        </>
      }
      flush
    >
      <ul className="divide-y divide-line">
        {sources.map(({ id, name, lastHour, received }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
            <bdi className="min-w-0 flex-1 text-ink">{name}</bdi>
            {missed.has(name) ? <Badge tone="warn">silent</Badge> : null}
            <span className="text-subtle tabular">{formatCount(received)} in 7 days</span>
            <span className="text-muted tabular">{lastHour === null ? "never" : age(lastHour, now)}</span>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-3 text-sm text-muted">
        {canManage ? (
          <SilenceSettingForm slug={slug} hours={silence.hours} />
        ) : (
          <p>
            {silence.hours === null
              ? "Silence is not watched."
              : `Watched: ${hoursText(silence.hours)} without a record.`}
          </p>
        )}
        {volume ? <p>{volume}</p> : null}
        {past.map(({ id, source, since, endedAt }) => (
          <p key={id} className="text-xs text-subtle">
            {source === null ? "Nothing came" : <bdi>{source} sent nothing</bdi>} from {moment(since)} to{" "}
            {moment(endedAt ?? since)}.
          </p>
        ))}
      </div>
    </Card>
  );
}

/** The ledger counts by the hour: within it, "this hour" is all that is known. */
function age(hour: string, now: Date): string {
  const seconds = (now.getTime() - Date.parse(hour)) / 1000;
  return seconds < 3600 ? "this hour" : `${formatDuration(seconds - 3600)} ago`;
}
