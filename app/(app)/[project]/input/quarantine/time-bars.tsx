import type { Route } from "next";
import Link from "next/link";
import { formatCount } from "@/lib/core/format";

export interface ShownTime {
  /** "30 Nov 2026, 08:00 to 30 Nov 2026, 09:00" */
  label: string;
  records: number;
  /** Shows only that time. */
  href: string;
}

/** When the records of a group came, on the time axis that all groups share; a press on a bar shows only that time. */
export function TimeBars({ times }: { times: readonly ShownTime[] }) {
  const most = Math.max(1, ...times.map(({ records }) => records));
  return (
    <ol className="flex h-9 items-end" aria-label="By time of arrival">
      {times.map(({ label, records, href }) => (
        <li key={href} className="h-full w-6">
          {records === 0 ? (
            <span className="flex h-full items-end px-px" title={`${label}: none`}>
              <span className="h-px w-full bg-line" />
            </span>
          ) : (
            <Link
              href={href as Route}
              prefetch={false}
              title={`${label}: ${formatCount(records)}`}
              aria-label={`Only ${label}: ${formatCount(records)} ${records === 1 ? "record" : "records"}`}
              className="group flex h-full items-end rounded-sm px-px hover:bg-sunken"
            >
              <span
                className="w-full rounded-t-[2px] bg-accent group-hover:bg-accent-hover"
                style={{ height: `${Math.max(8, (100 * records) / most)}%` }}
              />
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
