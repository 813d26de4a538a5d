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

/** What one person has set, with what nobody has set as it was in the beginning. */
export interface ReviewKeySettings {
  /** Whether keys without Ctrl act at all (WCAG 2.1.4). */
  on: boolean;
  keys: KeyMap;
  /** Whether Enter alone submits; otherwise it goes as far as the button that does. */
  enterSubmits: boolean;
}

/** The second of two quick presses of Enter must not submit an output that nobody has read; whoever wants that says so. */
export const FIRST_SETTINGS: ReviewKeySettings = { on: true, keys: DEFAULT_KEYS, enterSubmits: false };

export function storedSettings({ keys, ...rest }: ReviewKeySettings): string {
  return JSON.stringify({ ...rest, keys: JSON.stringify(keys) });
}

/** What was kept; what cannot be read is as it was in the beginning. */
export function reviewKeySettings(stored: string | null): ReviewKeySettings {
  const kept = readObject(stored);
  return {
    on: kept.on !== false,
    keys: keysFrom(typeof kept.keys === "string" ? kept.keys : null),
    enterSubmits: kept.enterSubmits === true,
  };
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
