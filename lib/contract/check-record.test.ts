import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REASONS } from "@/lib/quarantine/reason";
import { fastestMs } from "@/lib/testing/fastest";
import { MOST_REASONS } from "./check-reason";
import { checkRecord, dispositionOf } from "./check-record";
import { compileContract } from "./compile-contract";
import { inferContract, profileOf } from "./infer-contract";
import type { KeyedFacts, RecordFacts } from "./record-facts";
import { contractDefinitionSchema, type Rule } from "./schema";

const NAMES = ["ada", "bob", "cyd", "dee", "eve"];

/** Orders as a shop would send them. */
function order(at: number): RecordFacts {
  const total = 20 + ((at * 7919) % 400);
  const paid = at % 3 === 0 ? null : total;
  return {
    input: {
      customer: NAMES[at % 5] ?? "",
      created: `2026-0${1 + (at % 9)}-1${at % 10}`,
      net: total - ((at * 31) % 20),
      total,
      paid,
      paid_by: paid === null ? null : "card",
      postcode: `AB${1000 + ((at * 7919) % 9000)} ${at % 10}XY`,
      items: Array.from({ length: 1 + (at % 4) }, (_, item) => ({
        sku: `S-${1000 + item}`,
        count: 1 + (at % 3),
      })),
      note: `Please leave parcel ${at} with the neighbour at number ${(at * 13) % 97}.`,
      gift: at % 2 === 0,
    },
    output: { label: at % 4 === 0 ? "review" : "accept", score: (at % 100) / 100 },
  };
}

const pilot = Array.from({ length: 600 }, (_, at): KeyedFacts => ({ key: `o${at}`, facts: order(at) }));
const definition = inferContract(profileOf(pilot), pilot);
const contract = compileContract(definition);

function changed(
  change: (input: Record<string, unknown>, output: Record<string, unknown>) => void,
): RecordFacts {
  const facts = structuredClone(order(601));
  change(facts.input as Record<string, unknown>, facts.output as Record<string, unknown>);
  return facts;
}

const codesOf = (facts: RecordFacts) =>
  checkRecord(contract, facts).reasons.map(({ code, path, effect }) => `${effect} ${code} ${path}`);

describe("a contract inferred from a pilot", () => {
  it("is a definition of our language, and the pilot keeps it", () => {
    expect(contractDefinitionSchema.parse(definition)).toEqual(definition);
    expect(pilot.flatMap(({ facts }) => codesOf(facts))).toEqual([]);
  });

  const CASES: [string, Parameters<typeof changed>[0], string[]][] = [
    ["nothing", () => undefined, []],
    ["a missing field", (input) => void delete input.total, ["F FIELD_MISSING_REQUIRED /input/total"]],
    ["null", (input) => (input.total = null), ["F FIELD_NULL_REQUIRED /input/total"]],
    ["an empty text", (input) => (input.customer = " "), ["F FIELD_EMPTY /input/customer"]],
    ["a placeholder", (input) => (input.customer = "N/A"), ["F FIELD_SENTINEL /input/customer"]],
    ["a number for nothing", (input) => (input.total = -1), ["F FIELD_SENTINEL /input/total"]],
    ["a field more", (input) => (input.extra = 1), ["A FIELD_UNEXPECTED /input"]],
    ["a number as text", (input) => (input.total = "41"), ["F TYPE_COERCIBLE /input/total"]],
    ["another type", (input) => (input.gift = 3), ["F TYPE_MISMATCH /input/gift"]],
    ["a container for a value", (input) => (input.total = { value: 3 }), ["Q TYPE_MISMATCH /input/total"]],
    ["a new category", (input) => (input.customer = "zoe"), ["F VALUE_UNSEEN_CATEGORY /input/customer"]],
    [
      "an answer that may not be given",
      (_, output) => (output.label = "reject"),
      ["Q VALUE_UNSEEN_LABEL /output/label"],
    ],
    ["a value too large", (_, output) => (output.score = 97), ["F VALUE_ABOVE_RANGE /output/score"]],
    ["no date", (input) => (input.created = "yesterday"), ["F FORMAT_UNPARSEABLE /input/created"]],
    [
      "an impossible date",
      (input) => (input.created = "2026-02-30"),
      ["F FORMAT_UNPARSEABLE /input/created"],
    ],
    [
      "a date with two readings",
      (input) => (input.created = "03/04/2026"),
      ["F FORMAT_AMBIGUOUS_DATE /input/created"],
    ],
    ["a new pattern", (input) => (input.postcode = "1234-56789"), ["F FORMAT_NEW_PATTERN /input/postcode"]],
    ["a text too short", (input) => (input.note = "Hi."), ["F TEXT_TOO_SHORT /input/note"]],
    [
      "broken characters",
      (input) => (input.note = String(input.note).replace("neighbour", "cafÃ© man")),
      ["F TEXT_ENCODING /input/note"],
    ],
    ["an order broken", (input) => (input.net = Number(input.total) + 9), ["F CROSS_ORDER /input/net"]],
    ["half of a group", (input) => (input.paid_by = null), ["F CROSS_NULL_GROUP /input/paid"]],
    [
      "an element's field",
      (input) => ((input.items as { sku: unknown }[])[0] = { sku: "X" }),
      ["F VALUE_UNSEEN_CATEGORY /input/items/*/sku"],
    ],
  ];
  it.each(CASES)("%s", (_, change, expected) => {
    expect(codesOf(changed(change))).toEqual(expect.arrayContaining(expected));
    expect(
      codesOf(changed(change)).filter((line) => !expected.includes(line) && !line.includes("/input/items")),
    ).toEqual([]);
  });

  it("says by which power of ten a value is off", () => {
    const checked = checkRecord(
      contract,
      changed((_, output) => (output.score = 97)),
    );
    expect(checked.reasons[0]?.expected).toContain("÷100 would fit");
  });

  it("gives one reason for five fields that are gone at once", () => {
    const gone = changed((input) => {
      for (const key of ["customer", "created", "net", "total", "gift"]) delete input[key];
    });
    const { reasons, total } = checkRecord(contract, gone);
    expect(reasons).toMatchObject([{ code: "STRUCT_UNSEEN_SHAPE", path: "/input" }]);
    expect(total).toBe(1);
    expect(reasons[0]?.observed).toContain("customer");
  });

  it("holds a record back where a person locked the rule", () => {
    const locked = definition.rules.map((rule): Rule => ({ ...rule, origin: "locked" }));
    const strict = compileContract({ rules: locked });
    const missing = changed((input) => void delete input.total);
    expect(dispositionOf(checkRecord(contract, missing))).toBe("flagged");
    expect(dispositionOf(checkRecord(strict, missing))).toBe("quarantined");
    const large = changed((_, output) => (output.score = 97));
    expect(dispositionOf(checkRecord(strict, large))).toBe("flagged");
    const hard = compileContract({
      rules: locked.map((rule): Rule => (rule.rule === "range" ? { ...rule, hard: true } : rule)),
    });
    expect(dispositionOf(checkRecord(hard, large))).toBe("quarantined");
  });

  it("never holds a record back for an inferred range", () => {
    const ranges = definition.rules.filter(({ rule }) => rule === "range");
    const hard = compileContract({
      rules: ranges.map((rule): Rule => (rule.rule === "range" ? { ...rule, hard: true } : rule)),
    });
    const large = changed((_, output) => (output.score = 97));
    expect(dispositionOf(checkRecord(hard, large))).toBe("flagged");
  });
});

describe("checking", () => {
  it("collects 32 reasons at most, says how many there are, and keeps the one that holds the record back", () => {
    const rules = Array.from(
      { length: 40 },
      (_, at): Rule =>
        ({
          rule: at === 39 ? "labels" : "values",
          path: `/input/f${at}`,
          values: ["a"],
          open: false,
          support: 100,
          pilot_violations: 0,
          expected_rate: 0,
          rate_at_most: 0,
          origin: "inferred",
        }) as Rule,
    );
    const input = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, "b"]));
    const checked = checkRecord(compileContract({ rules }), { input, output: null });
    expect(checked.reasons).toHaveLength(MOST_REASONS);
    expect(checked.total).toBe(40);
    expect(dispositionOf(checked)).toBe("quarantined");
  });

  it("never throws, and names only listed codes, whatever JSON it gets", () => {
    const key = fc.constantFrom("customer", "total", "items", "note", "paid", "created", "__proto__", "x");
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })),
    );
    fc.assert(
      fc.property(anything, anything, (input, output) => {
        const { reasons, total } = checkRecord(contract, { input, output });
        expect(reasons.length).toBeLessThanOrEqual(Math.min(MOST_REASONS, total));
        for (const { code, path } of reasons) {
          expect(Object.hasOwn(REASONS, code)).toBe(true);
          expect(path).toMatch(/^\/(input|output)/);
        }
      }),
      { seed: 11, numRuns: 3_000 },
    );
  });

  it("takes no longer for a hostile record than for its bytes", () => {
    const hostile: RecordFacts = {
      input: {
        note: `${"a".repeat(500_000)}!`,
        postcode: "9 ".repeat(200_000),
        customer: "=".repeat(100_000),
        created: "1/".repeat(50_000),
        items: Array.from({ length: 20_000 }, () => ({ sku: "x".repeat(29), count: "1e".repeat(500) })),
      },
      output: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at])),
    };
    const checked = checkRecord(contract, hostile);
    expect(fastestMs(() => checkRecord(contract, hostile))).toBeLessThan(100);
    expect(checked.total).toBeGreaterThan(3);
  });
});
