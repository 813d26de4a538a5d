import { eventSentence } from "@/components/incident/event-sentence";
import { formatInstant } from "@/lib/core/format";
import type { IncidentEvent } from "@/lib/incident/schema";

/** Everything that happened to an incident, newest first. */
export function Timeline({ events, timeZone }: { events: readonly IncidentEvent[]; timeZone: string }) {
  return (
    <ol className="flex flex-col">
      {[...events].reverse().map((event, index) => (
        <li key={event.id} className="relative flex gap-3 pb-4 last:pb-0">
          {index < events.length - 1 ? (
            <span aria-hidden="true" className="absolute top-3 bottom-0 left-[3px] w-px bg-line" />
          ) : null}
          <span
            aria-hidden="true"
            className={`relative mt-1.5 size-[7px] shrink-0 rounded-full ${event.by ? "bg-accent" : "bg-control"}`}
          />
          <div className="min-w-0 text-sm">
            <p className="text-ink text-pretty">{eventSentence(event, timeZone)}</p>
            {event.note ? (
              <p className="mt-1 rounded-md bg-sunken px-2.5 py-1.5 break-words whitespace-pre-wrap text-muted">
                {event.note}
              </p>
            ) : null}
            <p className="text-xs text-subtle tabular">{formatInstant(event.at, timeZone)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
