import { expect, it } from "vitest";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { type BrokenPlace, loosenRules } from "./loosen-rules";
import type { RecordFacts } from "./record-facts";
import { type ContractDefinition, contractDefinitionSchema, ruleKey } from "./schema";
import { shapeSignature } from "./shape";

const contract: ContractDefinition = contractDefinitionSchema.parse({
  rules: [
    { rule: "labels", path: "/output/label", values: ["yes", "no"] },
    { rule: "values", path: "/input/country", values: ["FR", "ES"] },
    { rule: "range", path: "/input/amount", low: 0, high: 100, hard: true, origin: "locked" },
    { rule: "type", path: "/input/pages", types: ["number"] },
    { rule: "required", path: "/input/city", origin: "locked" },
    { rule: "not_null", path: "/input/street" },
    { rule: "not_empty", path: "/input/name" },
    { rule: "placeholder", path: "/input/phone", allowed: [] },
    { rule: "format", path: "/input/day", format: "date" },
    { rule: "patterns", path: "/input/code", patterns: ["a9"] },
    { rule: "length", path: "/input/text", low: 5, high: 9 },
    { rule: "order", path: "/input/begin", other: "/input/end" },
    { rule: "shape", path: "/output", shapes: [shapeSignature({ label: "yes" })] },
  ],
});

const sound: RecordFacts = {
  input: {
    country: "FR",
    amount: 5,
    pages: 1,
    city: "Lyon",
    street: "a",
    name: "b",
    phone: "1",
    day: "2026-01-31",
    code: "x1",
    text: "abcdef",
    begin: 1,
    end: 2,
  },
  output: { label: "yes" },
};
const broken: Record<string, unknown> = {
  country: "IT",
  amount: 900,
  pages: "12",
  city: undefined,
  street: null,
  name: "",
  phone: "n/a",
  day: "soon",
  code: "1-x",
  text: "a",
  begin: 9,
};

/** What so many records with one fault say about it. */
function placesOf(facts: RecordFacts): BrokenPlace[] {
  return checkRecord(compileContract(contract), facts).reasons.map(({ code, path, observed }) => ({
    code,
    path,
    observed: [{ value: observed ?? null, records: 90 }],
    shapes: path === "/output" ? [shapeSignature(facts.output)] : [],
  }));
}

it.each(Object.keys(broken))(
  "what breaks %s keeps the loosened contract, and one rule has changed",
  (name) => {
    const facts = { ...sound, input: { ...(sound.input as object), [name]: broken[name] } };
    const places = placesOf(facts);
    expect(places).toHaveLength(1);
    const { definition, changes } = loosenRules(contract, places);
    expect(changes).toHaveLength(1);
    const again = checkRecord(compileContract(contractDefinitionSchema.parse(definition)), facts);
    expect(again.reasons).toEqual([]);
    expect(checkRecord(compileContract(definition), sound).reasons).toEqual([]);
    const before = contract.rules.map(ruleKey);
    const same = definition.rules.filter((rule) => contract.rules.includes(rule)).length;
    expect(same).toBe(before.length - 1);
  },
);

it("a new label and a new form of the answer are two changes", () => {
  const facts = { ...sound, output: { label: "maybe", why: "unclear" } };
  const places = placesOf(facts);
  expect(places.map(({ code }) => code).sort()).toEqual(["STRUCT_UNSEEN_SHAPE", "VALUE_UNSEEN_LABEL"]);
  const { definition, changes } = loosenRules(contract, places);
  expect(changes.map(({ after }) => after?.origin)).toEqual(["edited", "edited"]);
  expect(checkRecord(compileContract(definition), facts).reasons).toEqual([]);
});

it("takes common values only, and opens a list that is none any more", () => {
  const place = (observed: BrokenPlace["observed"]): BrokenPlace[] => [
    { code: "VALUE_UNSEEN_CATEGORY", path: "/input/country", observed, shapes: [] },
  ];
  const [common] = loosenRules(
    contract,
    place([
      { value: "IT", records: 500 },
      { value: "Itlay", records: 1 },
    ]),
  ).changes;
  expect(common?.after).toMatchObject({ values: ["FR", "ES", "IT"], open: false, origin: "edited" });
  const many = Array.from({ length: 60 }, (_, at) => ({ value: `c${at}`, records: 3 }));
  expect(loosenRules(contract, place(many)).changes[0]?.after).toMatchObject({ open: true });
});

it("keeps a lock, and changes nothing where no rule is behind it", () => {
  const amount = [{ value: 900, records: 9 }];
  const place = { code: "VALUE_ABOVE_RANGE", path: "/input/amount", observed: amount, shapes: [] };
  expect(loosenRules(contract, [place]).changes[0]?.after).toMatchObject({ high: 900, origin: "locked" });
  expect(loosenRules(contract, [{ ...place, path: "/input/other" }]).changes).toEqual([]);
  expect(loosenRules(contract, [{ ...place, code: "PARSE_INVALID_JSON" }]).changes).toEqual([]);
});
