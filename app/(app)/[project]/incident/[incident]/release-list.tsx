import { Flag } from "lucide-react";

import { daysApart } from "@/components/chart/calendar-day";
import { formatDay } from "@/lib/core/format";
import type { ReleaseMark } from "@/lib/estimate/schema";

/** Model versions that went live around the likely start, with how far from it. */
export function ReleaseList({
  releases,
  changeDay,
}: {
  releases: readonly ReleaseMark[];
  changeDay: string;
}) {
  return (
    <ul className="flex flex-col gap-2.5">
      {releases.map((release) => (
        <li key={release.id} className="flex gap-2.5 text-sm">
          <Flag
            aria-hidden="true"
            className="mt-0.5 size-4 shrink-0"
            style={{ color: "var(--chart-marker)" }}
          />
          <div className="min-w-0">
            <p className="break-words text-ink">
              {release.model_name} {release.model_version}
            </p>
            <p className="text-xs text-subtle tabular">
              {formatDay(release.day)}, {distance(daysApart(release.day, changeDay))}
            </p>
            {release.note ? <p className="text-xs break-words text-muted">{release.note}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function distance(daysBefore: number): string {
  if (daysBefore === 0) return "the day of the likely start";
  const days = Math.abs(daysBefore) === 1 ? "1 day" : `${Math.abs(daysBefore)} days`;
  return `${days} ${daysBefore > 0 ? "before" : "after"} the likely start`;
}
