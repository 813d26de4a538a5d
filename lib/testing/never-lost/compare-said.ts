/** What the screen said about one decision, in words that can be compared with a row. */
export interface Said {
  reference: string;
  outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED" | "UNDONE";
  /** Null where nothing is stated. */
  answer: string | null;
  /** Null where the screen showed none. */
  verdict: "CORRECT" | "INCORRECT" | null;
  /** False: the page ended before the screen said anything. */
  certain: boolean;
}

export interface StoredRow {
  reference: string;
  outcome: string;
  answer: string | null;
  verdict: string | null;
}

/**
 * Where the database and the screen differ: every decision that was said to be kept is stored once, in its order, with its answer
 * and verdict; what was said not to be saved is not stored; nothing else is.
 */
export function differences(
  said: readonly Said[],
  notSaved: readonly string[],
  stored: readonly StoredRow[],
): string[] {
  const references = new Set([...said, ...stored].map((each) => each.reference));
  const found: string[] = [];
  for (const reference of [...references].sort()) {
    const refused = notSaved.filter((each) => each === reference).length;
    const mine = stored.filter((row) => row.reference === reference);
    const expected = withoutRefused(
      said.filter((each) => each.reference === reference),
      refused,
    );
    if (!sameHistory(expected, mine))
      found.push(
        `${reference}: the screen said [${expected.map(words).join(", ")}], stored is [${mine.map(words).join(", ")}]`,
      );
  }
  return found;
}

/** The refused ones are the last that were tried. */
function withoutRefused(said: readonly Said[], refused: number): Said[] {
  const kept = [...said];
  for (let left = refused; left > 0; left -= 1) {
    const at = kept.findLastIndex((each) => each.outcome !== "UNDONE");
    if (at >= 0) kept.splice(at, 1);
  }
  return kept;
}

function sameHistory(expected: readonly Said[], stored: readonly StoredRow[]): boolean {
  if (matches(expected, stored)) return true;
  // What nobody was told may be there or not.
  const at = expected.findIndex((each) => !each.certain);
  return at >= 0 && sameHistory(expected.toSpliced(at, 1), stored);
}

function matches(expected: readonly Said[], stored: readonly StoredRow[]): boolean {
  return (
    expected.length === stored.length &&
    expected.every((each, at) => {
      const row = stored[at];
      if (row?.outcome !== each.outcome) return false;
      if (each.outcome !== "ANSWERED") return true;
      return row.answer === each.answer && (each.verdict === null || row.verdict === each.verdict);
    })
  );
}

function words({ outcome, answer, verdict }: StoredRow): string {
  return [outcome, answer, verdict].filter((each) => each !== null).join(" ");
}
