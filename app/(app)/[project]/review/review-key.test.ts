import { expect, test } from "vitest";
import { DEFAULT_KEYS } from "./key-map";
import { commandForKey, type KeyPress, type KeyView, optionValue } from "./review-key";
import { TWO_FIELDS } from "./testing/make-item";

const [yesNo, text] = TWO_FIELDS.fields;
const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  ignored: false,
  on: "page",
  ...change,
});
const view = (change: Partial<KeyView> = {}): KeyView => ({
  phase: "answer",
  field: yesNo,
  singleKeys: true,
  keys: DEFAULT_KEYS,
  enterSubmits: false,
  ...change,
});

test.each([
  ["digits choose", press("2"), view(), { do: "choose", option: 1 }],
  ["no third of two options", press("3"), view(), null],
  ["digits are typed into texts", press("2", { on: "text" }), view(), null],
  ["digits mean nothing for a text", press("2"), view({ field: text }), null],
  ["Y says yes", press("y"), view(), { do: "choose", option: 0 }],
  ["Enter goes on", press("Enter"), view(), { do: "next" }],
  ["Enter in a text goes on", press("Enter", { on: "text" }), view(), { do: "next" }],
  ["Shift+Enter is a new line", press("Enter", { on: "text", shift: true }), view(), null],
  ["Enter on a button presses it", press("Enter", { on: "button" }), view(), null],
  ["Enter stops at the button", press("Enter"), view({ phase: "revealed" }), { do: "to-button" }],
  [
    "Enter in a note stops at the button",
    press("Enter", { on: "text" }),
    view({ phase: "revealed" }),
    { do: "to-button" },
  ],
  [
    "Enter submits for whoever wants that",
    press("Enter"),
    view({ phase: "revealed", enterSubmits: true }),
    { do: "finish" },
  ],
  ["Enter goes on for them too", press("Enter"), view({ enterSubmits: true }), { do: "next" }],
  [
    "Ctrl+Enter submits whatever is set",
    press("Enter", { ctrl: true, on: "text" }),
    view({ phase: "revealed" }),
    { do: "finish" },
  ],
  ["Ctrl+Enter finishes from anywhere", press("Enter", { ctrl: true, on: "text" }), view(), { do: "finish" }],
  ["N says wrong", press("n"), view({ phase: "revealed" }), { do: "wrong" }],
  ["capital letters count", press("Y", { shift: true }), view({ phase: "revealed" }), { do: "right" }],
  ["M notes", press("m"), view({ phase: "revealed" }), { do: "comment" }],
  ["M means nothing before", press("m"), view(), null],
  ["T tags", press("t"), view({ phase: "revealed" }), { do: "tags" }],
  ["C corrects", press("C", { shift: true }), view({ phase: "revealed" }), { do: "correction" }],
  ["C means nothing before", press("c"), view(), null],
  ["G guides in both phases", press("g"), view(), { do: "guidelines" }],
  ["G guides with the output", press("g"), view({ phase: "revealed" }), { do: "guidelines" }],
  ["Escape leaves a text", press("Escape", { on: "text" }), view(), { do: "leave" }],
  ["Escape elsewhere is the browser's", press("Escape"), view(), null],
  ["arrows scroll what is read", press("ArrowDown", { on: "reading" }), view(), null],
  ["letters act while reading", press("s", { on: "reading" }), view(), { do: "skip" }],
  ["a letter of one's own", press("p"), view({ keys: { ...DEFAULT_KEYS, skip: "p" } }), { do: "skip" }],
  ["the letter before it means nothing", press("s"), view({ keys: { ...DEFAULT_KEYS, skip: "p" } }), null],
  [
    "yes by its new letter",
    press("q"),
    view({ keys: { ...DEFAULT_KEYS, right: "q" } }),
    { do: "choose", option: 0 },
  ],
  ["skip", press("s"), view(), { do: "skip" }],
  ["cannot judge", press("f"), view({ phase: "revealed" }), { do: "cannot" }],
  ["undo, also with nothing on the screen", press("z"), view({ phase: "other" }), { do: "undo" }],
  ["help", press("?", { shift: true }), view(), { do: "help" }],
  ["arrows go between fields", press("ArrowDown"), view(), { do: "field", by: 1 }],
  ["arrows belong to radios", press("ArrowDown", { on: "choice" }), view(), null],
  ["letters while typing", press("s", { on: "text" }), view(), null],
  ["browser keys with Ctrl", press("s", { ctrl: true }), view(), null],
  ["Alt", press("1", { alt: true }), view(), null],
  ["held down or composing", press("1", { ignored: true }), view(), null],
  ["single keys switched off", press("1"), view({ singleKeys: false }), null],
  ["Enter with single keys off", press("Enter"), view({ singleKeys: false }), { do: "next" }],
  ["Enter with nothing on the screen", press("Enter"), view({ phase: "other" }), null],
])("%s", (_name, pressed, seen, command) => {
  expect(commandForKey(pressed, seen)).toEqual(command);
});

test("an option's key gives its value", () => {
  if (!yesNo) throw new Error("expected a field");
  expect([optionValue(yesNo, 0), optionValue(yesNo, 1)]).toEqual([true, false]);
});
