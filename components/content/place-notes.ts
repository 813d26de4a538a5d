import { type PlacedNote, type PlacedNotes, pointerTo } from "@/components/ui/note-list";

const NO_NOTES: PlacedNotes = new Map();

/**
 * Remarks at the places of a value where they can be shown: at the field itself; where it is missing, or meant in every member of a
 * list, at the nearest place that is there, with the rest of the way in words. Paths are a contract's: "*" is every member, "~2" the
 * name "*".
 */
export function placeNotes(
  value: unknown,
  notes: readonly { path: string; sentence: string }[],
): PlacedNotes {
  if (notes.length === 0) return NO_NOTES;
  const placed = new Map<string, PlacedNote[]>();
  for (const { path, sentence } of notes) {
    const { place, rest } = nearestPlace(value, path);
    const note = { text: `${restWords(rest)}${sentence}`, member: rest.at(-1) ?? null };
    placed.set(place, [...(placed.get(place) ?? []), note]);
  }
  return placed;
}

function nearestPlace(value: unknown, path: string): { place: string; rest: string[] } {
  const steps = path === "" ? [] : path.slice(1).split("/");
  let at = value;
  let place = "";
  for (const [index, step] of steps.entries()) {
    const name = step.replaceAll("~2", "*").replaceAll("~1", "/").replaceAll("~0", "~");
    if (step === "*" || typeof at !== "object" || at === null || !Object.hasOwn(at, name))
      return { place, rest: steps.slice(index) };
    at = (at as Record<string, unknown>)[name];
    place = pointerTo(place, name);
  }
  return { place, rest: [] };
}

/** "“zip”: ", or "“price” of each: " */
function restWords(rest: readonly string[]): string {
  const names = rest
    .filter((step) => step !== "*")
    .map((step) => step.replaceAll("~2", "*").replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = names.length > 0 ? `“${names.join(" › ")}”` : "";
  if (!rest.includes("*")) return last && `${last}: `;
  return last ? `${last} in one or more of them: ` : "In one or more of them: ";
}

/** The remarks within a member, by places as it sees them. */
export function notesWithin(notes: PlacedNotes, member: string): PlacedNotes {
  if (notes.size === 0) return notes;
  const start = pointerTo("", member);
  return new Map(
    [...notes].flatMap(([place, each]) =>
      place === start || place.startsWith(`${start}/`) ? [[place.slice(start.length), each] as const] : [],
    ),
  );
}

/** All of them in one list, for what has no places to show them at; of those below, the place is said. */
export function flatNotes(notes: PlacedNotes): PlacedNote[] {
  return [...notes].flatMap(([place, each]) =>
    each.map((note) => ({
      ...note,
      text: place === "" ? note.text : `At ${place.slice(1).replaceAll("/", " › ")}: ${note.text}`,
    })),
  );
}
