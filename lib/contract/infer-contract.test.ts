import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { checkRecord, dispositionOf } from "./check-record";
import { compileContract } from "./compile-contract";
import { crossValidate, makeFolds } from "./cross-validate";
import { diffContracts } from "./diff-contracts";
import { inferContract, profileOf } from "./infer-contract";
import type { KeyedFacts } from "./record-facts";
import { type ContractDefinition, contractDefinitionSchema, type Rule } from "./schema";

function infer(records: readonly KeyedFacts[]): ContractDefinition {
  return inferContract(profileOf(records), records);
}

const keyed = (inputs: readonly unknown[]): KeyedFacts[] =>
  inputs.map((input, at) => ({ key: `k${at}`, facts: { input, output: 1 } }));

const rulesAt = ({ rules }: ContractDefinition, path: string) => rules.filter((rule) => rule.path === path);
const names = (rules: readonly Rule[]) => rules.map(({ rule }) => rule).sort();
const find = (definition: ContractDefinition, path: string, name: string) =>
  definition.rules.find((rule) => rule.path === path && rule.rule === name);

describe("inference", () => {
  it("says nothing from fewer than 30 records", () => {
    expect(infer(keyed(Array.from({ length: 29 }, () => ({ a: 1 })))).rules).toEqual([]);
    expect(infer([]).rules).toEqual([]);
  });

  it("states what a rule rests on", () => {
    const definition = infer(
      keyed(Array.from({ length: 400 }, (_, at) => ({ a: at, b: at < 4 ? null : "x" }))),
    );
    expect(find(definition, "/input/a", "required")).toMatchObject({
      support: 400,
      pilot_violations: 0,
      expected_rate: 1 / 402,
      rate_at_most: 1 - 0.05 ** (1 / 400),
      origin: "inferred",
    });
    expect(find(definition, "/input/a", "range")).toMatchObject({
      low: 0,
      hard: false,
      expected_rate: 2 / 401,
    });
    expect(names(rulesAt(definition, "/input/b"))).toContain("completeness");
    expect(names(rulesAt(definition, "/input/b"))).not.toContain("not_null");
  });

  it("closes a list of values only where new ones are rare", () => {
    const of = (distinct: number, n: number) =>
      find(
        infer(keyed(Array.from({ length: n }, (_, at) => ({ c: `v${at < distinct ? at : at % 3}` })))),
        "/input/c",
        "values",
      );
    expect(of(3, 500)).toMatchObject({ open: false, values: ["v0", "v1", "v2"] });
    expect(of(18, 500)).toMatchObject({ open: true, expected_rate: 15 / 500 });
    expect(of(60, 500)).toBeUndefined();
  });

  it("takes an object whose keys are data for a map", () => {
    const definition = infer(
      keyed(Array.from({ length: 300 }, (_, at) => ({ by: { [`id${at}`]: { n: at } } }))),
    );
    expect(find(definition, "/input/by/*/n", "type")).toMatchObject({ types: ["number"] });
    expect(definition.rules.some(({ path }) => path.includes("id7"))).toBe(false);
    expect(find(definition, "/input", "shape")).toBeUndefined();
  });

  it("keeps a key that is a star apart from every element", () => {
    const definition = infer(keyed(Array.from({ length: 50 }, () => ({ "*": 1, list: [true] }))));
    expect(find(definition, "/input/~2", "type")).toMatchObject({ types: ["number"] });
    expect(find(definition, "/input/list/*", "type")).toMatchObject({ types: ["boolean"] });
    expect(contractDefinitionSchema.parse(definition)).toEqual(definition);
  });
});

/** Records with rare values, heavy tails, optional fields: nothing here was made for the rules. */
function generator(seed: number): () => unknown {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => ({
    amount: Math.exp(4 + normal()),
    age: Math.round(45 + 12 * normal()),
    country: ["de", "fr", "it", "es", "pl", "nl"][Math.floor(6 * random() ** 2)],
    code: `${"ABCDEF"[Math.floor(6 * random())]}-${Math.floor(1000 * random())}`,
    word: `w${Math.floor(40 * random() ** 4)}`,
    ...(random() < 0.7 ? { hint: "x".repeat(1 + Math.floor(30 * random() ** 2)) } : {}),
    ok: random() < 0.5,
    tags: Array.from({ length: Math.floor(4 * random()) }, () => ["a", "b", "c"][Math.floor(3 * random())]),
  });
}

describe("what was predicted for fresh records of the same kind", () => {
  it("holds: as many are accepted as cross-validation says", async () => {
    let accepted = 0;
    let [predicted, seen] = [0, 0];
    const RUNS = 24;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const next = generator(seed);
      const records = keyed(Array.from({ length: 500 }, next));
      const definition = infer(records);
      const rates = await crossValidate(await makeFolds(records), definition);
      const contract = compileContract(definition);
      let flagged = 0;
      const FRESH = 1_200;
      for (let at = 0; at < FRESH; at += 1) {
        const disposition = dispositionOf(checkRecord(contract, { input: next(), output: 1 }));
        expect(disposition).not.toBe("quarantined");
        if (disposition === "flagged") flagged += 1;
      }
      const rate = flagged / FRESH;
      predicted += rates.flagged / RUNS;
      seen += rate / RUNS;
      // Both are estimates: the upper limit of the prediction, and two standard errors of what was seen.
      const slack = 2 * Math.sqrt((rate * (1 - rate)) / FRESH);
      if (1 - rate >= 1 - rates.flagged_high - slack) accepted += 1;
    }
    report(
      `contract: predicted ${(100 * predicted).toFixed(2)} %, fresh ${(100 * seen).toFixed(2)} % flagged, ${accepted} of ${RUNS} contracts accept what was promised`,
    );
    expect(accepted).toBeGreaterThanOrEqual(0.9 * RUNS);
    expect(Math.abs(seen - predicted)).toBeLessThanOrEqual(0.25 * predicted);
  });
});

describe("loosening a rule", async () => {
  const next = generator(99);
  const records = keyed(Array.from({ length: 500 }, next));
  const definition = infer(records);
  const folds = await makeFolds(records);
  const all = await crossValidate(folds, definition);

  it("moves the rates: a removed rule flags nothing", async () => {
    const [worst] = all.by_rule;
    if (!worst) throw new Error("No rule flags anything.");
    const without = { rules: definition.rules.filter(({ path }) => path !== worst.path) };
    const rates = await crossValidate(folds, without);
    expect(rates.by_rule.some(({ path }) => path === worst.path)).toBe(false);
    expect(rates.flagged).toBeLessThan(all.flagged);
  });

  it("an edited rule is judged as it is, and a locked one holds back", async () => {
    const narrow = (origin: "edited" | "locked"): ContractDefinition => ({
      rules: definition.rules.map(
        (rule): Rule =>
          rule.rule === "range" && rule.path === "/input/age"
            ? { ...rule, high: 50, hard: true, origin }
            : rule,
      ),
    });
    const above = records.filter(({ facts }) => (facts.input as { age: number }).age > 50).length;
    const rates = await crossValidate(folds, narrow("locked"));
    expect(
      rates.by_rule.find(({ path, code }) => path === "/input/age" && code === "VALUE_ABOVE_RANGE")?.records,
    ).toBe(above);
    expect(rates.quarantined).toBeCloseTo(above / 500, 10);
    const diff = diffContracts(definition, narrow("edited"));
    expect([diff.added, diff.removed, diff.changed.length]).toEqual([[], [], 1]);
    expect(diffContracts(definition, { rules: definition.rules.slice(1) }).removed).toEqual(
      definition.rules.slice(0, 1),
    );
  });
});
