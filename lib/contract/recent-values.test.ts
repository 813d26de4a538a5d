import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import type { CheckedRecord } from "./check-reason";
import { compileContract } from "./compile-contract";
import { inferContract, profileOf } from "./infer-contract";
import { recentValues } from "./recent-values";
import type { KeyedFacts } from "./record-facts";
import { contractDefinitionSchema, type Rule } from "./schema";

const records = (values: readonly unknown[]): KeyedFacts[] =>
  values.map((code, at) => ({ key: `k${at}`, facts: { input: { code }, output: 1 } }));

function uniqueRule(values: readonly unknown[]): Rule | undefined {
  const pilot = records(values);
  const definition = contractDefinitionSchema.parse(inferContract(profileOf(pilot), pilot));
  return definition.rules.find(({ rule, path }) => rule === "unique" && path === "/input/code");
}

function watch(rule: Rule) {
  const recent = recentValues();
  const inForce = { version: 1, contract: compileContract({ rules: [rule] }), expected: new Map() };
  return (id: string, code: unknown): CheckedRecord => {
    const checked: CheckedRecord = { reasons: [], total: 0 };
    recent.see("p", inForce, { id, facts: { input: { code }, output: 1 }, checked });
    return checked;
  };
}

const codes = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `INV-${from + at}`);

it("is inferred for codes that are new every time, and for nothing else", () => {
  expect(uniqueRule(codes(100))).toMatchObject({ support: 100, pilot_violations: 0 });
  expect(uniqueRule(codes(99))).toBeUndefined();
  expect(uniqueRule([...codes(300), "INV-7"])).toBeUndefined();
  expect(uniqueRule(codes(200).map((code) => `Bought on account of ${code}`))).toBeUndefined();
  const numbers = Array.from({ length: 1_200 }, (_, at) => 50_000 + 7 * at);
  expect(uniqueRule(numbers)).toMatchObject({ support: 1_200 });
  expect(uniqueRule(numbers.slice(0, 900))).toBeUndefined();
  expect(uniqueRule(numbers.map((value) => value + 0.5))).toBeUndefined();
});

it("flags a value that came again under another id; a record that is sent again is itself", () => {
  const rule = uniqueRule(codes(150));
  if (!rule) throw new Error("No rule.");
  const see = watch(rule);
  expect(see("a", "INV-900").reasons).toEqual([]);
  expect(see("a", "INV-900").reasons).toEqual([]);
  expect(see("b", "INV-900").reasons).toMatchObject([
    { code: "VALUE_REPEATED", path: "/input/code", observed: "INV-900", effect: "F" },
  ]);
  expect(see("c", null).reasons).toEqual([]);
  expect(see("d", null).reasons).toEqual([]);
  // Only as many are remembered as the pilot had.
  for (const [at, code] of codes(150, 2_000).entries()) see(`e${at}`, code);
  expect(see("f", "INV-900").reasons).toEqual([]);
  expect(watch({ ...rule, origin: "locked" })("a", "x").reasons).toEqual([]);
});

it("flags about as many clean records as it says, however many codes there are", () => {
  const random = seededRandom(20_261_214);
  const lines: string[] = [];
  for (const [pilotSize, space] of [
    [100, 20_000],
    [100, 1_000_000],
    [500, 200_000],
    [2_000, 2_000_000],
    [2_000, 1e9],
  ] as const) {
    const draw = () => `C${Math.floor(random() * space)}`;
    let [inferred, flagged, looked, expected] = [0, 0, 0, 0];
    for (let run = 0; run < 12; run += 1) {
      const rule = uniqueRule(Array.from({ length: pilotSize }, draw));
      if (!rule) continue;
      inferred += 1;
      expected += rule.expected_rate ?? 0;
      const see = watch(rule);
      for (let at = 0; at < 3_000; at += 1) {
        looked += 1;
        if (see(`r${at}`, draw()).reasons.length > 0) flagged += 1;
      }
    }
    if (inferred === 0) continue;
    lines.push(
      `${pilotSize} of ${space} codes: ${flagged} of ${looked} flagged, ${(expected / inferred).toFixed(4)} said`,
    );
    expect(flagged / looked).toBeLessThan(1.5 * (expected / inferred) + 0.001);
  }
  report(`unique: ${lines.join("; ")}`);
  expect(lines.length).toBeGreaterThan(2);
});
