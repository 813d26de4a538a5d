import { expect, test } from "vitest";
import { checkRecord } from "@/lib/contract/check-record";
import { compileContract } from "@/lib/contract/compile-contract";
import { contractDefinitionSchema } from "@/lib/contract/schema";
import { inputFlags } from "./input-flags";

const flagsOf = (...reasons: { code: string; path: string; expected?: string }[]) =>
  inputFlags(
    reasons,
    reasons.map(({ code }) => code),
  );

test("a place of the input and what is wrong there, in words", () => {
  expect(
    flagsOf(
      { code: "VALUE_ABOVE_RANGE", path: "/input/amount", expected: "at most 100" },
      { code: "FIELD_MISSING_REQUIRED", path: "/input/address/zip", expected: "text" },
      { code: "STRUCT_UNSEEN_SHAPE", path: "/input" },
    ),
  ).toEqual([
    { path: "/amount", sentence: "A value is too large: expected at most 100." },
    { path: "/address/zip", sentence: "A required field is missing: expected text." },
    { path: "", sentence: "The record has a form that never came before." },
  ]);
});

test.each([
  ["of the output", { code: "VALUE_ABOVE_RANGE", path: "/output/amount", expected: "at most 100" }],
  ["of an answer", { code: "VALUE_UNSEEN_LABEL", path: "/output/label" }],
  ["of the confidence", { code: "CONFIDENCE_OUT_OF_RANGE", path: "/confidence" }],
  ["of the whole record", { code: "STRUCT_UNSEEN_SHAPE", path: "" }],
  ["unusual as a whole", { code: "OOD_LOW_TYPICALITY", path: "/input" }],
  ["of something that only begins like it", { code: "TEXT_TOO_LONG", path: "/input_of_model" }],
  ["an order with the output", { code: "CROSS_ORDER", path: "/input/a", expected: "at most /output/b" }],
  ["an order with nothing known", { code: "CROSS_ORDER", path: "/input/a" }],
  [
    "a group with the output",
    { code: "CROSS_NULL_GROUP", path: "/input/a", expected: "/input/a, /output/b are empty together" },
  ],
  [
    "a long group whose end is not kept",
    { code: "CROSS_NULL_GROUP", path: "/input/a", expected: "/input/a and 3 more are empty together" },
  ],
  ["a code of another release", { code: "FIELD_OF_TOMORROW", path: "/input/a" }],
])("what is said %s is left out", (_name, reason) => {
  expect(flagsOf(reason)).toEqual([]);
});

test("comparisons within the input are said", () => {
  const order = { code: "CROSS_ORDER", path: "/input/from", expected: "at most /input/to" };
  const group = {
    code: "CROSS_NULL_GROUP",
    path: "/input/a",
    expected: "/input/a, /input/b are empty together",
  };
  expect(flagsOf(order, group).map(({ path }) => path)).toEqual(["/from", "/a"]);
});

test("what only was counted is no flag", () => {
  const unknown = { code: "FIELD_UNEXPECTED", path: "/input" };
  expect(inputFlags([unknown], [])).toEqual([]);
  expect(inputFlags([unknown], ["FIELD_UNEXPECTED"])).toHaveLength(1);
});

test("whatever the output is, a real contract says the same of the same input", () => {
  const contract = compileContract(
    contractDefinitionSchema.parse({
      rules: [
        { rule: "range", path: "/input/age", low: 0, high: 120, origin: "edited" },
        { rule: "range", path: "/output/amount", low: 0, high: 100, origin: "edited" },
        { rule: "order", path: "/input/amount", other: "/output/amount", origin: "edited" },
      ],
    }),
  );
  const seen = [5, 50, 5_000].map((amount) => {
    const { reasons } = checkRecord(contract, { input: { age: 200, amount: 20 }, output: { amount } });
    const codes = reasons.map(({ code }) => code);
    return { codes: codes.join(), flags: inputFlags(reasons, codes) };
  });
  expect(new Set(seen.map(({ codes }) => codes)).size).toBe(3);
  expect(seen[0]?.flags).toMatchObject([
    { path: "/age", sentence: expect.stringMatching(/^A value is too large: expected 0 to 120/) },
  ]);
  expect(new Set(seen.map(({ flags }) => JSON.stringify(flags))).size).toBe(1);
});
