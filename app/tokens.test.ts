import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("app/globals.css", "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "sunken", "hover", "overlay"];
const TEXT_ON_GROUNDS = ["ink", "muted", "subtle", "accent-ink"];
const TEXT_PAIRS: [string, string][] = [
  ["accent-ink", "accent-soft"],
  ["alarm-ink", "alarm-soft"],
  ["warn-ink", "warn-soft"],
  ["good-ink", "good-soft"],
  ["picked-ink", "picked-soft"],
  ["picked-ink", "surface"],
  ["muted", "picked-soft"],
  ["accent-ink", "picked-soft"],
  ["muted", "alarm-soft"],
  ["muted", "warn-soft"],
  ["muted", "good-soft"],
  ["alarm-ink", "surface"],
  ["warn-ink", "surface"],
  ["good-ink", "surface"],
  ["alarm-ink", "hover"],
  ["on-accent", "accent"],
  ["on-accent", "alarm"],
  ["canvas", "ink"],
  ...TEXT_ON_GROUNDS.flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
];
// What must be seen to operate or read a chart: 3 to 1 (WCAG 1.4.11).
const SHAPE_PAIRS: [string, string][] = [
  ["control", "surface"],
  ["control", "canvas"],
  ["accent", "surface"],
  ["accent-ink", "hover"],
  ["chart-line", "surface"],
  ["chart-pilot", "surface"],
  ["chart-marker", "surface"],
  ["chart-bar-strong", "surface"],
];

describe.each(["light", "dark"])("%s theme", (theme) => {
  const light = tokens(":root");
  const values = theme === "light" ? light : { ...light, ...tokens('[data-theme="dark"]') };
  const ratio = ([over, ground]: [string, string]) => contrast(values[over] ?? "", values[ground] ?? "");

  it("defines every colour that the light theme defines", () => {
    expect(Object.keys(light).length).toBeGreaterThan(25);
    if (theme === "dark")
      expect(Object.keys(tokens('[data-theme="dark"]'))).toEqual(
        expect.arrayContaining(Object.keys(light).filter((name) => name !== "on-accent")),
      );
  });
  it.each(TEXT_PAIRS)("text %s on %s reaches 4.5 to 1", (over, ground) => {
    expect(ratio([over, ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(SHAPE_PAIRS)("shape %s on %s reaches 3 to 1", (over, ground) => {
    expect(ratio([over, ground])).toBeGreaterThanOrEqual(3);
  });
});

it("would notice a pale text", () => {
  expect(contrast("#999999", "#ffffff")).toBeLessThan(4.5);
});
