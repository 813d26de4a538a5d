import type { ReactNode } from "react";
import { NoteList, type PlacedNotes } from "@/components/ui/note-list";
import { flatNotes, notesWithin, placeNotes } from "./place-notes";

/** A value with what is remarked about it. Pages that may have none of this bring it later. */
export interface NotedPlace {
  /** On the value itself. */
  here: ReactNode;
  /** On the value and everything in it, where it has no places to show them at. */
  all: ReactNode;
  /** The columns that the remarks on a table are about. */
  columns: ReadonlySet<string | null>;
  placed: PlacedNotes;
  /** Null where nothing is remarked. */
  within: (member: string) => NotedPlace | null;
}

/** A value with what was found in it; paths as contracts write them. */
export function notedPlace(
  value: unknown,
  found: readonly { path: string; sentence: string }[],
): NotedPlace | null {
  return noted(placeNotes(value, found));
}

function noted(placed: PlacedNotes): NotedPlace | null {
  if (placed.size === 0) return null;
  const own = placed.get("") ?? [];
  return {
    here: <NoteList notes={own} />,
    all: <NoteList notes={flatNotes(placed)} />,
    columns: new Set(own.map(({ member }) => member)),
    placed,
    within: (member) => noted(notesWithin(placed, member)),
  };
}
