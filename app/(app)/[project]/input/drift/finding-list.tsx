import { Badge } from "@/components/ui/badge";
import { formatDay } from "@/lib/core/format";
import type { ShownFinding } from "@/lib/drift/schema";

const MOST_NAMED = 6;

/** What has moved and when: fields that moved together are one line. */
export function FindingList({ findings }: { findings: readonly ShownFinding[] }) {
  return (
    <ol className="divide-y divide-line">
      {findings.map(({ since, noticedOn, endedOn, endedBy, features, sentences }) => (
        <li
          key={`${since} ${features.join(" ")}`}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
        >
          <span className="w-28 shrink-0 text-muted tabular">{formatDay(since)}</span>
          <span className="min-w-0 flex-1 basis-52 break-words text-ink">
            <bdi>{features.slice(0, MOST_NAMED).join(", ")}</bdi>
            {features.length > MOST_NAMED ? ` and ${features.length - MOST_NAMED} more` : ""}
            <span className="block text-xs text-muted text-pretty">{sentences.join(" ")}</span>
          </span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-subtle">
            noticed {formatDay(noticedOn)}
            {endedOn === null ? (
              <Badge tone="warn">still moved</Badge>
            ) : (
              <Badge>
                {endedBy === "returned" ? "back" : "moved once more"} on {formatDay(endedOn)}
              </Badge>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
