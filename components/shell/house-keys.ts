/* What a key means on every page. Runs on every key press. */

export interface HousePress {
  key: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** Held down, or part of composing a character. */
  ignored: boolean;
  /** The focus is where letters are written. */
  typing: boolean;
}

export interface HouseView {
  /** Keys without Ctrl: this person uses them (WCAG 2.1.4), and the page has no meanings of its own for them. */
  singleKeys: boolean;
  /** `g` was the key before, a moment ago. */
  afterG: boolean;
}

export type HouseCommand = { do: "palette" | "help" | "await" } | { do: "go"; key: string };

/** What a key press means; null leaves it to the page and the browser. */
export function houseCommand(press: HousePress, view: HouseView): HouseCommand | null {
  if (press.ignored || press.alt) return null;
  const key = press.key.toLowerCase();
  if (press.ctrl) return key === "k" && !press.shift ? { do: "palette" } : null;
  if (press.typing || !view.singleKeys) return null;
  if (view.afterG) return /^[a-z]$/.test(key) ? { do: "go", key } : null;
  if (key === "?") return { do: "help" };
  return key === "g" ? { do: "await" } : null;
}
