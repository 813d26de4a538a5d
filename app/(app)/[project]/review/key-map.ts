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

/** Of browsers, of screen readers, or of the answers themselves; and whatever is not one sign. */
export function isReserved(key: string): boolean {
  return key.length !== 1 || /[\djk/'\s]/i.test(key);
}

/** The other action that a key has already; undefined when it is free. */
export function takenBy(keys: KeyMap, action: Action, key: string): Action | undefined {
  const small = key.toLowerCase();
  return ACTIONS.find((each) => each !== action && keys[each] === small);
}

/** The map that was kept; what is missing, reserved or taken twice is as it was in the beginning. */
export function keysFrom(stored: string | null): KeyMap {
  const kept = readObject(stored);
  let keys = DEFAULT_KEYS;
  for (const action of ACTIONS) {
    const key = kept[action];
    if (typeof key === "string") keys = { ...keys, [action]: key.toLowerCase() };
  }
  const fits = (action: Action) => !isReserved(keys[action]) && !takenBy(keys, action, keys[action]);
  return ACTIONS.every(fits) ? keys : DEFAULT_KEYS;
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
