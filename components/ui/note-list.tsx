import { TriangleAlert } from "lucide-react";

/** What is remarked about the value above or beside it. */
export interface PlacedNote {
  text: string;
  /** The last name on the way to a place that the value does not have, or that it has in every member. */
  member: string | null;
}

/** Notes by the pointer of the value at which they stand. */
export type PlacedNotes = ReadonlyMap<string, readonly PlacedNote[]>;

/** Remarks on a value, with a sign and in words. */
export function NoteList({ notes }: { notes: readonly PlacedNote[] | undefined }) {
  if (!notes || notes.length === 0) return null;
  return (
    <ul className="mt-1 mb-1.5 flex w-fit max-w-full flex-col gap-0.5 rounded-sm border border-warn-line bg-warn-soft px-2 py-1 font-sans text-sm text-warn-ink">
      {notes.map(({ text }) => (
        <li key={text} className="flex min-w-0 items-start gap-1.5 [overflow-wrap:anywhere]">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** How many remarks stand somewhere below a place. */
export function notesInside(notes: PlacedNotes | undefined, pointer: string): number {
  let count = 0;
  for (const [place, each] of notes ?? []) if (place.startsWith(`${pointer}/`)) count += each.length;
  return count;
}

/** The pointer to a member: ("", "a/b") → "/a~1b" */
export function pointerTo(parent: string, member: string): string {
  return `${parent}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
