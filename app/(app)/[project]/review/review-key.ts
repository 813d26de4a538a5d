import type { AnswerField } from "@/lib/review/schema";
import { type Action, actionOf, type KeyMap } from "./key-map";

export interface KeyPress {
  key: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** Held down, or part of composing a character. */
  ignored: boolean;
  /** Where the focus is. */
  on: "text" | "choice" | "button" | "reading" | "page";
}

export interface KeyView {
  phase: "answer" | "revealed" | "other";
  /** The one that digits answer. */
  field: AnswerField | undefined;
  /** Keys without Ctrl can be switched off (WCAG 2.1.4). */
  singleKeys: boolean;
  keys: KeyMap;
  /** Of what a person sets: whether Enter alone submits. */
  enterSubmits: boolean;
}

export type Command =
  | { do: "choose"; option: number }
  | { do: "next" | "finish" | "to-button" | "leave" | Action }
  | { do: "field"; by: 1 | -1 };

/** What asks about an output: nothing before it is shown. */
const ABOUT_OUTPUT = new Set<Action>(["right", "wrong", "tags", "correction", "comment"]);
const ANYWHERE = new Set<Action>(["undo", "help"]);

/** What a key press means; null leaves it to the browser. */
export function commandForKey(press: KeyPress, view: KeyView): Command | null {
  if (press.ignored || press.alt) return null;
  if (press.key === "Enter") return enter(press, view);
  if (press.key === "Escape") return press.on === "text" && !press.ctrl ? { do: "leave" } : null;
  if (press.ctrl || press.on === "text" || !view.singleKeys) return null;
  return actionKey(press.key, view) ?? (view.field ? answerKey(press, press.key, view.field) : null);
}

function actionKey(key: string, view: KeyView): Command | null {
  const action = actionOf(view.keys, key);
  if (!action) return null;
  if (view.phase === "answer" && view.field?.type === "boolean") {
    if (action === "right") return { do: "choose", option: 0 };
    if (action === "wrong") return { do: "choose", option: 1 };
  }
  if (ANYWHERE.has(action)) return { do: action };
  if (view.phase === "other" || (view.phase === "answer" && ABOUT_OUTPUT.has(action))) return null;
  return { do: action };
}

function enter(press: KeyPress, view: KeyView): Command | null {
  if (view.phase === "other") return null;
  if (press.ctrl) return { do: "finish" };
  if (press.on === "button" || (press.on === "text" && press.shift)) return null;
  // While typing a comment or a reason, Enter acts as well: the texts are one line, Shift+Enter makes another.
  if (view.phase === "answer") return { do: "next" };
  return { do: view.enterSubmits ? "finish" : "to-button" };
}

function answerKey(press: KeyPress, key: string, field: AnswerField | undefined): Command | null {
  if (/^[1-9]$/.test(key)) {
    const option = Number(key) - 1;
    return option < optionCount(field) ? { do: "choose", option } : null;
  }
  if (press.on === "choice" || press.on === "reading") return null;
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
