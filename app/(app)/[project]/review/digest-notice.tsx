import { CalendarClock } from "lucide-react";

/** What this person was reminded of this morning; nothing when nothing was. */
export function DigestNotice({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <p className="flex items-start gap-2 text-sm text-muted text-pretty">
      <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-subtle" />
      <span>
        <span className="font-medium text-ink">This morning: </span>
        {sentences.join(" ")}
      </span>
    </p>
  );
}
