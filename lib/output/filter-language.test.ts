import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nearestName, parseFilter } from "./parse-filter";
import { printFilter } from "./print-filter";
import { type OutputFilter, outputFilterSchema, REVIEW_STATES, VERDICTS } from "./schema";

const ATTRIBUTES = ["language", "channel", "my attr", "version", "a.b"];
const read = (text: string) => parseFilter(text, ATTRIBUTES);
const understood = (text: string): OutputFilter => {
  const { filter, problems } = read(text);
  expect(problems).toEqual([]);
  return filter;
};
/** What is marked as wrong, and the sentence about it. */
const wrong = (text: string) =>
  read(text).problems.map(({ start, end, message }) => [text.slice(start, end), message]);

describe("what a filter says", () => {
  it("reads every kind of term at once", () => {
    const filter = understood(
      'language=de version=2026-11 verdict=wrong flag=VALUE_UNSEEN_CATEGORY reviewer=anna -channel=web "free text" after:2026-10-01',
    );
    expect(filter).toEqual({
      segment: ["language=de"],
      version: "2026-11",
      verdict: "incorrect",
      flag: "VALUE_UNSEEN_CATEGORY",
      reviewer: "anna",
      not: ["segment.channel=web"],
      text: ["free text"],
      from: "2026-10-02",
    });
    expect(printFilter(filter)).toBe(
      'language=de version=2026-11 from=2026-10-02 verdict=incorrect flag=VALUE_UNSEEN_CATEGORY reviewer=anna -channel=web "free text"',
    );
  });
  it("takes other spellings of the same", () => {
    expect(understood("VERDICT:Right")).toEqual({ verdict: "correct" });
    expect(understood('verdict="cannot judge"')).toEqual({ verdict: "cannot_judge" });
    expect(understood("channel!=web")).toEqual({ not: ["segment.channel=web"] });
    expect(understood("-phase=pilot -flag=no")).toEqual({ phase: "production", flag: "yes" });
    expect(understood("before:2026-03-01")).toEqual({ to: "2026-02-28" });
  });
  it("keeps signs, spaces and quotes inside their value", () => {
    expect(understood('language=a=b "my attr"="x \\"y\\" \\\\"')).toEqual({
      segment: ["language=a=b", 'my attr=x "y" \\'],
    });
    expect(understood('language=""')).toEqual({ segment: ["language="] });
    expect(understood('"version"=1 version=2')).toEqual({ segment: ["version=1"], version: "2" });
    expect(understood("")).toEqual({});
  });
});

describe("what is wrong with a filter", () => {
  it.each([
    ["lang=de", "lang=de", "There is no attribute `lang`; did you mean `language`?"],
    ["x chanel=web", "chanel=web", "did you mean `channel`?"],
    ["zzz=1", "zzz=1", "There is no attribute `zzz`."],
    ["verdict=maybe", "verdict=maybe", "it is correct, incorrect, cannot_judge"],
    ["from=yesterday", "from=yesterday", "a day looks like 2026-10-01"],
    ["from=2026-02-30", "from=2026-02-30", "is no day"],
    ["version=1 version=2", "version=2", "`version` is said twice"],
    ["language=de language=fr", "language=fr", "`language` is said twice"],
    ['language="de', 'language="de', "not closed"],
    ["-word", "-word", "not left out"],
    ["-id=x", "-id=x", "not left out"],
    ["flag=", "flag=", "Say what flag should be"],
    ["=de", "=de", "no name"],
    ['""', '""', "nothing between"],
  ])("marks it in %s", (text, place, sentence) => {
    expect(wrong(text)).toEqual([[place, expect.stringContaining(sentence)]]);
  });
  it("names all of them, and keeps what was understood", () => {
    const { filter, problems } = read("lang=de version=3 verdict=maybe");
    expect(problems).toHaveLength(2);
    expect(filter).toEqual({ version: "3" });
    expect(wrong("from=2026-03-02 to=2026-03-01")).toHaveLength(1);
    expect(wrong("a b c d e f")).toEqual([["f", expect.stringContaining("At most 5 texts")]]);
    expect(wrong(`version=${"x".repeat(201)}`)).toEqual([
      [expect.anything(), expect.stringContaining("too long")],
    ]);
  });
  it("does not guess a name that is far away", () => {
    expect(nearestName("q", ["language"])).toBeUndefined();
    expect(nearestName("langauge", ["language", "channel"])).toBe("language");
  });
});

const anyText = (most: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength: most });
const attribute = fc.oneof(
  fc.constantFrom(...ATTRIBUTES, "from", "AFTER", "-x", 'q"uote', "tab\tline\n"),
  anyText(12).filter((name) => !name.includes("=")),
);
const value = fc.oneof(fc.constantFrom("", "de", "-5", '"', "\\", "\\n", "a b", "x=y:z!"), anyText(20));
const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
const isoDay = day.map((date) => date.toISOString().slice(0, 10));
const excluded = fc.oneof(
  fc.tuple(attribute, value).map(([name, text]) => `segment.${name}=${text}`),
  anyText(12).map((text) => `version=${text}`),
  fc.constantFrom(...VERDICTS).map((text) => `verdict=${text}`),
  fc.constantFrom(...REVIEW_STATES).map((text) => `state=${text}`),
  anyText(12).map((text) => `reviewer=${text}`),
);
const filters = fc
  .record(
    {
      segment: fc.uniqueArray(fc.tuple(attribute, value), {
        minLength: 1,
        maxLength: 5,
        selector: ([name]) => name,
      }),
      version: anyText(12),
      phase: fc.constantFrom("pilot", "production"),
      days: fc.tuple(isoDay, isoDay),
      verdict: fc.constantFrom(...VERDICTS),
      state: fc.constantFrom(...REVIEW_STATES),
      reviewed: fc.constantFrom("yes", "no"),
      flag: anyText(12),
      reviewer: anyText(12),
      id: anyText(12),
      field: fc.constantFrom("/input/a b = c", "/input/x > 10 <= 20"),
      not: fc.array(excluded, { minLength: 1, maxLength: 10 }),
      text: fc.array(
        value.filter((text) => text !== ""),
        { minLength: 1, maxLength: 5 },
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ segment, days, ...rest }) => ({
    ...rest,
    ...(segment ? { segment: segment.map(([name, text]) => `${name}=${text}`) } : {}),
    ...(days
      ? { from: days[0] < days[1] ? days[0] : days[1], to: days[0] < days[1] ? days[1] : days[0] }
      : {}),
  }));

const attributesOf = (filter: OutputFilter): string[] =>
  [...(filter.segment ?? []), ...(filter.not ?? []).map((text) => text.replace(/^segment\./, ""))].map(
    (text) => text.slice(0, text.indexOf("=")),
  );

it("is read back as it was printed, whatever the names and values", () => {
  let most = 0;
  fc.assert(
    fc.property(filters, (given) => {
      const filter = outputFilterSchema.parse(given);
      const text = printFilter(filter);
      expect(parseFilter(text, attributesOf(filter))).toEqual({ filter, problems: [] });
      // An input of one line keeps no breaks: they have to be written as letters.
      expect(text).not.toMatch(/[\r\n]/);
      most = Math.max(most, Object.keys(filter).length);
    }),
    { numRuns: 500, seed: 20261130 },
  );
  expect(most).toBeGreaterThan(10);
});

it("never fails on what somebody types, and marks only what is there", () => {
  const typed = fc.array(
    fc.constantFrom(
      '"',
      "=",
      ":",
      "-",
      "!",
      " ",
      "\\",
      "language",
      "verdict",
      "from",
      "version",
      "x",
      "2026-01-01",
      "2026-02-30",
      "x".repeat(201),
      "x".repeat(1201),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        typed.map((parts) => parts.join("")),
        fc.string(),
      ),
      (text) => {
        const { filter, problems } = read(text);
        for (const { start, end } of problems) expect(start <= end && end <= text.length).toBe(true);
        if (problems.length > 0) return;
        expect(understood(printFilter(filter))).toEqual(filter);
        // The page judges by rules of its own, without the weight of the schema that the server judges by.
        expect(outputFilterSchema.safeParse(filter).error).toBeUndefined();
      },
    ),
    { numRuns: 500, seed: 20261130 },
  );
});
