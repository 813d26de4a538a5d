/* Which letter does what. Runs on every key press, and is kept by each person in their browser. */

export const ACTIONS = [
  "right",
  "wrong",
  "tags",
  "correction",
  "comment",
  "guidelines",
  "skip",
  "cannot",
  "undo",
  "help",
] as const;
export type Action = (typeof ACTIONS)[number];
export type KeyMap = Readonly<Record<Action, string>>;

export const DEFAULT_KEYS: KeyMap = {
  right: "y",
  wrong: "n",
  tags: "t",
  correction: "c",
  comment: "m",
  guidelines: "g",
  skip: "s",
  cannot: "f",
  undo: "z",
  help: "?",
};

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
  // One visible character: keys with names (Tab, Backspace, F5) belong to the browser.
  if (key.length !== 1 || key.trim() === "") return "Only letters and signs can be taken.";
  const small = key.toLowerCase();
  const reserved = RESERVED.find(([pattern]) => pattern.test(small));
  if (reserved) return reserved[1];
  const other = ACTIONS.find((each) => each !== action && keys[each] === small);
  return other ? `${small.toUpperCase()} is taken: ${ACTION_WORDS[other]}.` : null;
}

/** The map that was kept; what is missing, reserved or taken twice is as it was in the beginning. */
export function keysFrom(stored: string | null): KeyMap {
  const kept = readObject(stored);
  let keys = DEFAULT_KEYS;
  for (const action of ACTIONS) {
    const key = kept[action];
    if (typeof key === "string") keys = { ...keys, [action]: key.toLowerCase() };
  }
  return ACTIONS.every((action) => keyRefusal(keys, action, keys[action]) === null) ? keys : DEFAULT_KEYS;
}

function readObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The action of a key; undefined when it has none. */
export function actionOf(keys: KeyMap, key: string): Action | undefined {
  const small = key.toLowerCase();
  return ACTIONS.find((action) => keys[action] === small);
}
