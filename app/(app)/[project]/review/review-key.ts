import type { AnswerField } from "@/lib/review/schema";

export interface KeyPress {
  key: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** Held down, or part of composing a character. */
  ignored: boolean;
  /** Where the focus is. */
  on: "text" | "choice" | "button" | "page";
}

export interface KeyView {
  phase: "answer" | "revealed" | "other";
  /** The one that digits answer. */
  field: AnswerField | undefined;
  /** Keys without Ctrl can be switched off (WCAG 2.1.4). */
  singleKeys: boolean;
}

export type Command =
  | { do: "choose"; option: number }
  | { do: "next" | "finish" | "skip" | "cannot" | "undo" | "right" | "wrong" | "comment" | "help" }
  | { do: "field"; by: 1 | -1 };

const LETTERS: Record<string, Command> = {
  s: { do: "skip" },
  f: { do: "cannot" },
  z: { do: "undo" },
  "?": { do: "help" },
};

/** What a key press means; null leaves it to the browser. */
export function commandForKey(press: KeyPress, view: KeyView): Command | null {
  if (press.ignored || press.alt) return null;
  if (press.key === "Enter") return enter(press, view);
  if (press.ctrl || press.on === "text" || !view.singleKeys) return null;
  const key = press.key.toLowerCase();
  if (LETTERS[key]) return LETTERS[key];
  if (view.phase === "revealed") {
    if (key === "y") return { do: "right" };
    if (key === "n") return { do: "wrong" };
    if (key === "c") return { do: "comment" };
    return view.field ? answerKey(press, key, view.field) : null;
  }
  return view.phase === "answer" ? answerKey(press, key, view.field) : null;
}

function enter(press: KeyPress, view: KeyView): Command | null {
  if (view.phase === "other") return null;
  if (press.ctrl) return { do: "finish" };
  if (press.on === "button" || (press.on === "text" && press.shift)) return null;
  // While typing a comment or a reason, Enter sends as well: the texts are one line, Shift+Enter makes another.
  return { do: view.phase === "revealed" ? "finish" : "next" };
}

function answerKey(press: KeyPress, key: string, field: AnswerField | undefined): Command | null {
  if (field?.type === "boolean" && (key === "y" || key === "n"))
    return { do: "choose", option: key === "y" ? 0 : 1 };
  if (/^[1-9]$/.test(key)) {
    const option = Number(key) - 1;
    return option < optionCount(field) ? { do: "choose", option } : null;
  }
  if (press.on === "choice") return null;
  if (press.key === "ArrowDown") return { do: "field", by: 1 };
  return press.key === "ArrowUp" ? { do: "field", by: -1 } : null;
}

function optionCount(field: AnswerField | undefined): number {
  if (field?.type === "boolean") return 2;
  return field?.options?.length ?? field?.rubric?.anchors.length ?? 0;
}

/** The value that the n-th option of a field stands for. */
export function optionValue(field: AnswerField, option: number): string | boolean | undefined {
  if (field.type === "boolean") return option === 0;
  if (field.rubric) return String(option + 1);
  return field.options?.[option]?.value;
}
