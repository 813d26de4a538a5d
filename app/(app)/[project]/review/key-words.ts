import { type Action, isReserved, type KeyMap, takenBy } from "./key-map";

export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  right: "Yes, or the output is right",
  wrong: "No, or the output is wrong",
  tags: "What is wrong with the output",
  correction: "What it should have been",
  comment: "Write a note",
  guidelines: "Open or close the guidelines",
  skip: "Skip: somebody else gets it",
  cannot: "Cannot be judged",
  undo: "Take the last review back",
  help: "This list",
};

/** Of browsers, of screen readers, or of the answers themselves. */
const RESERVED: readonly (readonly [RegExp, string])[] = [
  [/^\d$/, "Digits choose answers."],
  [/^[jk]$/, "J and K move through lists in other tools and in screen readers."],
  [/^[/']$/, "Browsers search with that key."],
  [/^\s$/, "The space bar presses buttons and scrolls."],
];

/** Why a key cannot be taken for an action; null when it can. */
export function keyRefusal(keys: KeyMap, action: Action, key: string): string | null {
  const small = key.toLowerCase();
  if (isReserved(key))
    return RESERVED.find(([pattern]) => pattern.test(small))?.[1] ?? "Only letters and signs can be taken.";
  const other = takenBy(keys, action, key);
  return other ? `${small.toUpperCase()} is taken: ${ACTION_WORDS[other]}.` : null;
}
