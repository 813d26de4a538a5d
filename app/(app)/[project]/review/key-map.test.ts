import { expect, test } from "vitest";
import {
  ACTIONS,
  actionOf,
  DEFAULT_KEYS,
  FIRST_SETTINGS,
  keysFrom,
  reviewKeySettings,
  storedSettings,
} from "./key-map";
import { keyRefusal } from "./key-words";

test.each([
  ["p", null],
  ["P", null],
  ["ä", null],
  [";", null],
  ["s", "S is taken: Skip"],
  ["S", "S is taken"],
  ["y", null],
  ["1", "Digits choose answers"],
  ["j", "J and K"],
  ["/", "Browsers search"],
  [" ", "The space bar"],
  ["Tab", "Only letters and signs"],
  ["Backspace", "Only letters and signs"],
  ["F5", "Only letters and signs"],
  ["", "Only letters and signs"],
])("%j for right", (key, refusal) => {
  const said = keyRefusal(DEFAULT_KEYS, "right", key);
  if (refusal === null) expect(said).toBeNull();
  else expect(said).toContain(refusal);
});

test("the keys in the beginning collide with nothing, each does one thing", () => {
  for (const action of ACTIONS) expect(keyRefusal(DEFAULT_KEYS, action, DEFAULT_KEYS[action])).toBeNull();
  expect(new Set(Object.values(DEFAULT_KEYS)).size).toBe(ACTIONS.length);
  expect(actionOf(DEFAULT_KEYS, "Z")).toBe("undo");
  expect(actionOf(DEFAULT_KEYS, "q")).toBeUndefined();
});

test("what was kept is read back; what cannot be meant is not", () => {
  expect(keysFrom('{"skip":"p"}')).toEqual({ ...DEFAULT_KEYS, skip: "p" });
  expect(keysFrom('{"skip":"z","undo":"s"}')).toEqual({ ...DEFAULT_KEYS, skip: "z", undo: "s" });
  for (const bad of [
    null,
    "",
    "5",
    "null",
    "[",
    '{"skip":"z"}',
    '{"skip":"1"}',
    '{"skip":5}',
    '{"other":"q"}',
  ])
    expect(keysFrom(bad)).toEqual(DEFAULT_KEYS);
});

test("Enter alone submits for nobody who has not said so", () => {
  expect(FIRST_SETTINGS.enterSubmits).toBe(false);
  for (const stored of [
    null,
    "",
    "5",
    "null",
    "[",
    "{}",
    '{"on":true}',
    '{"enterSubmits":"true"}',
    '{"enterSubmits":1}',
  ])
    expect(reviewKeySettings(stored)).toEqual(FIRST_SETTINGS);
});

test("what a person has set comes back, each part by itself", () => {
  const keys = { ...DEFAULT_KEYS, skip: "p" };
  for (const set of [
    { on: false, keys, enterSubmits: true },
    { on: true, keys: DEFAULT_KEYS, enterSubmits: true },
    FIRST_SETTINGS,
  ])
    expect(reviewKeySettings(storedSettings(set))).toEqual(set);
  // As it was kept before there was a choice.
  const before = JSON.stringify({ on: false, keys: JSON.stringify(keys) });
  expect(reviewKeySettings(before)).toEqual({ on: false, keys, enterSubmits: false });
});
