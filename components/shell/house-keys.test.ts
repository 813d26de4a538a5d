import { describe, expect, it } from "vitest";

import { type HousePress, type HouseView, houseCommand } from "./house-keys";

const press = (key: string, rest: Partial<HousePress> = {}): HousePress => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  ignored: false,
  typing: false,
  ...rest,
});
const PLAIN: HouseView = { singleKeys: true, afterG: false };

describe("houseCommand", () => {
  it("opens the palette from everywhere, also while typing and without single keys", () => {
    expect(houseCommand(press("k", { ctrl: true }), PLAIN)).toEqual({ do: "palette" });
    expect(houseCommand(press("K", { ctrl: true, typing: true }), { ...PLAIN, singleKeys: false })).toEqual({
      do: "palette",
    });
  });
  it("goes to a page by g and its key", () => {
    expect(houseCommand(press("g"), PLAIN)).toEqual({ do: "await" });
    expect(houseCommand(press("a"), { ...PLAIN, afterG: true })).toEqual({ do: "go", key: "a" });
    expect(houseCommand(press("a"), PLAIN)).toBeNull();
  });
  it("shows the keys", () => {
    expect(houseCommand(press("?", { shift: true }), PLAIN)).toEqual({ do: "help" });
  });
  it.each([
    ["a person has switched single keys off", press("g"), { ...PLAIN, singleKeys: false }],
    ["a person has switched single keys off", press("?"), { ...PLAIN, singleKeys: false }],
    ["letters are written", press("g", { typing: true }), PLAIN],
    ["letters are written", press("?", { typing: true }), PLAIN],
    ["the key is held down", press("g", { ignored: true }), PLAIN],
    ["Alt is down", press("g", { alt: true }), PLAIN],
    ["Shift is down", press("k", { ctrl: true, shift: true }), PLAIN],
    ["it belongs to the browser", press("g", { ctrl: true }), PLAIN],
    ["it is no letter", press("Enter"), { ...PLAIN, afterG: true }],
  ])("leaves a key alone when %s", (_why, key, view) => {
    expect(houseCommand(key, view)).toBeNull();
  });
});
