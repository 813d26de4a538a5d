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

/* Colour-blind eyes: linear light through the matrices of Machado, Oliveira and Fernandes (2009) at full severity. */
const EYES: Record<string, readonly number[]> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  "every colour": [1, 0, 0, 0, 1, 0, 0, 0, 1],
};

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

/** Distance in OKLab, times 100: about 2 is just seen, 8 is seen at a glance. */
function distance(a: string, b: string, eyes: readonly number[]): number {
  const [one = [], two = []] = [a, b].map((hex) => oklab(seenBy(eyes, linear(hex))));
  return 100 * Math.hypot(...one.map((value, at) => value - (two[at] ?? 0)));
}

function seenBy(eyes: readonly number[], light: readonly number[]): number[] {
  return [0, 3, 6].map((row) =>
    Math.max(
      0,
      light.reduce((sum, value, at) => sum + value * (eyes[row + at] ?? 0), 0),
    ),
  );
}

function oklab([r = 0, g = 0, b = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** What stands side by side and must not be taken for each other; each has an icon, a word or a pattern besides. */
const TOLD_APART: [string, string][] = [
  ["alarm", "good"],
  ["alarm", "warn"],
  ["warn", "good"],
  ["alarm", "accent"],
  ["good", "accent"],
  ["chart-line", "chart-pilot"],
  ["chart-line", "chart-marker"],
  ["chart-bar", "chart-bar-strong"],
];

describe.each(Object.entries(EYES))("to %s", (_name, eyes) => {
  it.each(["light", "dark"])("colours of states and lines differ, %s theme", (theme) => {
    const values = theme === "light" ? tokens(":root") : tokens('[data-theme="dark"]');
    const near = TOLD_APART.map(([a, b]) => ({
      pair: `${a} and ${b}`,
      distance: distance(values[a] ?? "", values[b] ?? "", eyes),
    })).filter((each) => !(each.distance >= 8));
    expect(near).toEqual([]);
  });
});

it("would notice a red and a green that colour-blind eyes mix up", () => {
  const [protanopia = [], deuteranopia = []] = [EYES.protanopia, EYES.deuteranopia];
  expect(distance("#c0392b", "#5d6b12", deuteranopia)).toBeLessThan(8);
  expect(distance("#a33a2a", "#5f5a2a", protanopia)).toBeLessThan(8);
  expect(distance("#c0392b", "#5d6b12", [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeGreaterThan(8);
});

it("would notice a pale text", () => {
  expect(contrast("#999999", "#ffffff")).toBeLessThan(4.5);
});
