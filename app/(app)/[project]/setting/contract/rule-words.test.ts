import { describe, expect, it } from "vitest";
import { ruleSchema, type RuleName } from "@/lib/contract/schema";
import { listWords, perThousand, ruleWords, supportWords } from "./rule-words";

const path = "/input/total";
const EXAMPLES: Record<RuleName, object> = {
  type: { types: ["number", "text"] },
  required: {},
  not_null: {},
  not_empty: {},
  placeholder: { allowed: [] },
  values: { values: ["a", "b"] },
  labels: { values: ["yes", "no"] },
  range: { low: 0, high: 18.123456789 },
  length: { low: 2, high: 9 },
  format: { format: "date" },
  patterns: { patterns: ["A-9"] },
  encoding: {},
  language: { languages: ["English"] },
  unique: {},
  shape: { shapes: ["0123456789abcdef"] },
  known_fields: { fields: ["a"] },
  order: { other: "/input/max" },
  null_together: { others: ["/input/b"] },
  completeness: { least: 0.947 },
};
const rule = (name: string, more: object) => ruleSchema.parse({ rule: name, path, ...more });

describe("a rule in words", () => {
  it.each(Object.entries(EXAMPLES))("%s", (name, more) => {
    const words = ruleWords(rule(name, more));
    expect(words).toMatch(/^(is|has|may|lies|never|holds) /);
    expect(words).not.toMatch(/undefined|NaN|\[object/);
  });

  it("says what it rests on", () => {
    const given = { support: 1982, pilot_violations: 0, expected_rate: 0.0005 };
    expect(supportWords(rule("required", given))).toBe(
      "all of 1,982 pilot outputs keep it; about 0.05 % of good ones will break it",
    );
    expect(supportWords(rule("not_empty", { ...given, pilot_violations: 2 }))).toContain(
      "2 of 1,982 pilot outputs break it",
    );
    expect(supportWords(rule("required", { ...given, expected_rate: 0, rate_at_most: 0.0015 }))).toContain(
      "below 0.15 % of good ones",
    );
    expect(supportWords(rule("required", { origin: "edited" }))).toBe(
      "set by a person; the rates say what it does",
    );
  });

  it("names few of many, and digits that mean something", () => {
    expect(listWords(["a", "b", "c"], 2)).toBe("a, b and 1 more");
    expect(ruleWords(rule("range", { low: 0, high: 18.123456789 }))).toBe("lies between 0 and 18.1235");
    expect(ruleWords(rule("range", { low: null, high: 3, hard: true }))).toBe(
      "lies at 3 or below; outside of it, records are held back",
    );
  });

  it("counts in thousands", () => {
    expect([0, 0.0004, 0.0121].map(perThousand)).toEqual(["none", "less than 1", "about 12"]);
  });
});
