import fc from "fast-check";
import { expect, test } from "vitest";
import { pointerValue } from "@/lib/core/json-pointer";
import { seededRandom } from "@/lib/stats/seeded-random";
import { compareAnswer } from "./compare-answer";
import { type Answer, type AnswerDefinition, type AnswerField, answerDefinitionSchema } from "./schema";
import { seedError } from "./seed-error";

const OPTIONS = ["invoice", "order", "reminder"].map((value) => ({ value, label: value }));

/** A field, its truth, and an output value that says the same in another way of writing. */
const cases: {
  field: Partial<AnswerField> & Pick<AnswerField, "type">;
  truth: Answer[string];
  right: unknown;
}[] = [
  { field: { type: "category", options: OPTIONS }, truth: "invoice", right: "invoice" },
  { field: { type: "boolean" }, truth: true, right: true },
  { field: { type: "boolean" }, truth: false, right: "No" },
  { field: { type: "boolean" }, truth: true, right: 1 },
  { field: { type: "number" }, truth: 12, right: 12 },
  { field: { type: "number" }, truth: 0, right: 0 },
  { field: { type: "number", tolerance: { relative: 0.05 } }, truth: 1250, right: "$1,250.00" },
  { field: { type: "number", tolerance: { absolute: 0.5 } }, truth: -3.25, right: -3.25 },
  { field: { type: "number", tolerance: { absolute: 2, relative: 0.01 } }, truth: 80, right: "81.5" },
  { field: { type: "date" }, truth: "2026-03-02", right: "2026-03-02" },
  { field: { type: "date", tolerance: { absolute: 3 } }, truth: "2026-03-02", right: "2026/03/04 10:30" },
  { field: { type: "text" }, truth: "Anna Müller", right: "anna  müller" },
  { field: { type: "text" }, truth: "Invoice 4711 of March", right: "Invoice 4711 of March" },
  {
    field: { type: "text", normalise: { case: true, space: true, punctuation: true, accents: true } },
    truth: "Bern",
    right: "Bérn.",
  },
  { field: { type: "text", similarity: 0.8 }, truth: "Anna Maria Müller", right: "Anna Maria Mueller" },
  {
    field: { type: "categories", options: OPTIONS },
    truth: ["invoice", "order"],
    right: ["order", "invoice"],
  },
  { field: { type: "categories", options: OPTIONS, overlap: 0.5 }, truth: ["invoice"], right: "invoice" },
  {
    field: { type: "categories", options: OPTIONS },
    truth: ["invoice"],
    right: { invoice: true, order: false, reminder: false },
  },
  { field: { type: "list" }, truth: ["Brake hose", "Fuel pump"], right: "fuel pump\nBrake hose" },
  {
    field: { type: "list", overlap: 0.6 },
    truth: ["Brake hose", "Fuel pump"],
    right: ["Fuel pump", "brake hose"],
  },
];

function definitionOf(fields: (typeof cases)[number][], threshold: number): AnswerDefinition {
  return answerDefinitionSchema.parse({
    threshold,
    fields: fields.map(({ field }, at) => ({
      ...field,
      key: `f${at}`,
      label: `Field ${at}`,
      output_path: at % 2 === 0 ? `/f${at}` : `/deep/f~1${at}`,
      truth_path: `/f${at}`,
      required: false,
    })),
  });
}

function outputOf(fields: (typeof cases)[number][]): Record<string, unknown> {
  const output: Record<string, unknown> = { deep: { other: [1, 2] }, note: "stays" };
  for (const [at, { right }] of fields.entries()) {
    if (at % 2 === 0) output[`f${at}`] = right;
    else (output.deep as Record<string, unknown>)[`f/${at}`] = right;
  }
  return output;
}

test("exactly one field is made wrong, in the way it was written, and the verdict turns", () => {
  const fields = fc.array(fc.constantFrom(...cases), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fields, fc.integer(), (chosen, seed) => {
      const definition = definitionOf(chosen, 1);
      const truth = Object.fromEntries(chosen.map((each, at) => [`f${at}`, each.truth]));
      const output = outputOf(chosen);
      const before = structuredClone(output);
      const seeded = seedError(definition, truth, output, seededRandom(seed));
      expect(output).toEqual(before);
      if (!seeded) throw new Error("nothing was seeded");
      const judged = compareAnswer(definition, truth, seeded.output);
      expect(judged.verdict).toBe("INCORRECT");
      expect(judged.fieldResults.filter((each) => each.result !== "match")).toEqual([
        expect.objectContaining({ field: seeded.fields[0], result: "mismatch" }),
      ]);
      for (const field of definition.fields) {
        const [was, is] = [output, seeded.output].map((each) => pointerValue(each, field.output_path));
        expect(typeof is).toBe(typeof was);
        if (!seeded.fields.includes(field.key)) expect(is).toEqual(was);
        if (field.type === "category") expect(OPTIONS.map((option) => option.value)).toContain(is);
      }
      expect(pointerValue(seeded.output, "/deep/other")).toEqual([1, 2]);
      expect(seedError(definition, truth, output, seededRandom(seed))).toEqual(seeded);
    }),
    { numRuns: 2_000 },
  );
});

test("numbers and days keep their form", () => {
  const one = (index: number, seed: number) => {
    const chosen = cases[index];
    if (!chosen) throw new Error("no such case");
    const truth = { f0: chosen.truth };
    const seeded = seedError(definitionOf([chosen], 1), truth, outputOf([chosen]), seededRandom(seed));
    return pointerValue(seeded?.output, "/f0");
  };
  for (let seed = 0; seed < 200; seed += 1) {
    expect(one(6, seed)).toMatch(/^\$\d{1,3}(,\d{3})*\.\d\d$/);
    expect(Number.isInteger(one(4, seed))).toBe(true);
    expect(one(10, seed)).toMatch(/^2026\/\d\d\/\d\d 10:30$/);
    expect(one(9, seed)).toMatch(/^2026-\d\d-\d\d$/);
    expect(["Yes", "No"]).toContain(one(2, seed));
  }
});

test("nothing is seeded into what is wrong already; where one field does not decide, as many as it takes are", () => {
  const [first, second] = [cases[0], cases[1]];
  if (!first || !second) throw new Error("no cases");
  const truth = { f0: "order", f1: true };
  const both = definitionOf([first, second], 0.5);
  expect(seedError(definitionOf([first], 1), truth, { f0: "invoice" }, seededRandom(1))).toBeNull();
  const seeded = seedError(both, { f0: "invoice", f1: true }, outputOf([first, second]), seededRandom(1));
  expect(seeded?.fields.toSorted()).toEqual(["f0", "f1"]);
  expect(compareAnswer(both, { f0: "invoice", f1: true }, seeded?.output).score).toBe(0);
  expect(seedError(both, { f0: "invoice", f1: null }, { f0: "invoice" }, seededRandom(1))).toBeNull();
});

test("a heavy field is found among light ones", () => {
  const [first, second] = [cases[0], cases[1]];
  if (!first || !second) throw new Error("no cases");
  const definition = definitionOf([first, second], 0.5);
  const heavy = {
    ...definition,
    fields: definition.fields.map((field, at) => ({ ...field, weight: at === 1 ? 9 : 1 })),
  };
  for (let seed = 0; seed < 20; seed += 1)
    expect(
      seedError(heavy, { f0: "invoice", f1: true }, outputOf([first, second]), seededRandom(seed))?.fields,
    ).toEqual(["f1"]);
});

test("a score is the reviewer's own: there is nothing in the output that could be made wrong", () => {
  const definition = answerDefinitionSchema.parse({
    fields: [
      {
        key: "quality",
        label: "Is it good?",
        type: "rubric",
        rubric: { anchors: ["Bad", "Good"], right_from: 2 },
        output_path: "/text",
        truth_path: "/score",
      },
    ],
  });
  expect(seedError(definition, { quality: 2 }, { text: "A good text." }, seededRandom(1))).toBeNull();
});
