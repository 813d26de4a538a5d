import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccuracySeries } from "@/lib/estimate/schema";
import { badge } from "./badge";
import { badgeText } from "./badge-text";
import { svgText } from "./svg-text";

type Now = NonNullable<AccuracySeries["now"]>;
const series = (
  estimate: Partial<Now["estimate"]> = {},
  gap: Now["gap"] = null,
): Pick<AccuracySeries, "now" | "segment"> => ({
  segment: { attribute: "", value: "" },
  now: {
    estimate: { reading: "mean", mean: 0.912, low: 0.898, high: 0.925, n: 400, ...estimate },
    gap,
  } as unknown as Now,
});
const below = { difference: -0.05, low: -0.08, high: -0.02 } as unknown as Now["gap"];

/** XML knows no such characters. */
const NO_LETTERS = new Set([0xfffe, 0xffff]);

test("the number with its range, and every state as a word", () => {
  expect(badgeText(series(), true)).toEqual({
    label: "accuracy",
    text: "91.2 % (89.8–92.5 %)",
    tone: "plain",
  });
  expect(badgeText(series({}, below), true)).toMatchObject({
    text: "91.2 % (89.8–92.5 %), below the pilot",
    tone: "alarm",
  });
  expect(badgeText(series({}, below), false)).toMatchObject({
    text: "91.2 % (89.8–92.5 %), not current",
    tone: "unknown",
  });
  expect(badgeText({ ...series(), now: null }, true)).toMatchObject({
    text: "too few reviews",
    tone: "unknown",
  });
  expect(badgeText(series({ reading: "bounds" }), true)).toMatchObject({
    text: "not known well enough",
    tone: "unknown",
  });
});

test("whatever a segment is called, the picture is XML without a mark of its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (attribute, value) => {
      const segment = { attribute: `a${attribute}`, value };
      const svg = badge(badgeText({ ...series(), segment }, true));
      const marks = svg.match(/<[^>]*>/g) ?? [];
      expect(marks.map((mark) => /^<\/?(\w+)/.exec(mark)?.[1] ?? mark)).toEqual(TAGS);
      expect(svg.replaceAll(/<[^>]*>/g, "")).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      const codes = Array.from(svg, (letter) => letter.codePointAt(0) ?? 0);
      expect(
        codes.filter((code) => code < 0x20 || (code >= 0x7f && code <= 0x9f) || NO_LETTERS.has(code)),
      ).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
  expect(svgText(`<script>alert("1")</script>&'`)).toBe(
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;",
  );
});

const TAGS = [
  "svg",
  "title",
  "title",
  "clipPath",
  "rect",
  "clipPath",
  "g",
  "rect",
  "rect",
  "g",
  "g",
  "text",
  "text",
  "text",
  "text",
  "g",
  "svg",
];
