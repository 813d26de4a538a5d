import { expect, test } from "vitest";
import { compareAnswer } from "./compare-answer";
import { answerDefinitionSchema } from "./schema";
import { suggestDefinition } from "./suggest-definition";

const many = (make: (i: number) => unknown) => Array.from({ length: 200 }, (_, i) => make(i));

test("a label is a category, yes before no; the model's own probability is left out", () => {
  const form = suggestDefinition(many((i) => ({ label: i % 9 ? "no" : "yes", probabilityYes: i / 200 })));
  expect(form?.fields).toHaveLength(1);
  expect(form?.fields[0]).toMatchObject({
    key: "label",
    type: "category",
    output_path: "/label",
    options: [
      { value: "yes", label: "yes" },
      { value: "no", label: "no" },
    ],
  });
});

test("labels that only truths have are options too, most frequent first", () => {
  const outputs = many((i) => ({ label: i % 3 ? "dealer_notice" : "recall" }));
  const form = suggestDefinition(
    outputs,
    many((i) => ({ label: i % 2 ? "recall" : "other" })),
  );
  expect(form?.fields[0]?.options?.map((option) => option.label)).toEqual([
    "recall",
    "dealer notice",
    "other",
  ]);
});

test("an extraction gets one field per value, each with its type; lists and free ids are left out", () => {
  const form = suggestDefinition(
    many((i) => ({
      invoice: {
        total: i * 1.5,
        date: `2026-03-${String((i % 28) + 1).padStart(2, "0")}`,
        paid: i % 2 === 0,
      },
      vendor: `Vendor ${i}`,
      ...(i % 4 ? { note: `note ${i}` } : {}),
      ...(i % 4 ? {} : { rare: "x" }),
      lines: [1, 2],
      request_id: `r${i}`,
    })),
  );
  expect(form?.fields.map((field) => [field.key, field.type, field.output_path, field.required])).toEqual([
    ["total", "number", "/invoice/total", true],
    ["date", "date", "/invoice/date", true],
    ["paid", "boolean", "/invoice/paid", true],
    ["vendor", "text", "/vendor", true],
    ["note", "text", "/note", false],
  ]);
});

test("lists are chosen from or written, and a long text is scored, unless its right wording is known", () => {
  const topics = ["billing", "refund", "late_delivery"];
  const outputs = Array.from({ length: 200 }, (_, i) => ({
    topics: topics.filter((_, at) => (i + at) % 3 > 0),
    parts: [`part ${i}`, `part ${i + 1}`],
    sizes: [i, i + 1],
    reply: `Dear customer ${i}, ${"we are sorry for it. ".repeat(12)}`,
  }));
  const form = suggestDefinition(outputs);
  expect(form?.fields.map((field) => [field.key, field.type, field.required])).toEqual([
    ["topics", "categories", true],
    ["parts", "list", true],
    ["reply", "rubric", true],
  ]);
  expect(form?.fields[0]?.options?.map((option) => option.label).sort()).toEqual([
    "billing",
    "late delivery",
    "refund",
  ]);
  const answer = { topics: outputs[5]?.topics ?? [], parts: ["PART 6", "part 5"], reply: 4 };
  const definition = answerDefinitionSchema.parse(form);
  expect(compareAnswer(definition, answer, outputs[5])).toMatchObject({ score: 1, verdict: "CORRECT" });
  const known = suggestDefinition(outputs, outputs);
  expect(known?.fields.find((field) => field.key === "reply")?.type).toBe("text");
});

test("a bare value is one field over the whole output", () => {
  expect(suggestDefinition(many((i) => i % 2 === 0))?.fields[0]).toMatchObject({
    key: "answer",
    output_path: "",
  });
});

test("nothing to answer gives no form, and what is suggested is a valid definition that its own outputs satisfy", () => {
  expect(suggestDefinition([])).toBeNull();
  expect(suggestDefinition(many(() => ({ items: [] })))).toBeNull();
  const outputs = many((i) => ({ "a/b~c": i, __proto__x: `t${i}`, priceAud: i }));
  const form = answerDefinitionSchema.parse(suggestDefinition(outputs));
  const answer = { a_b_c: 7, __proto__x: "t7", priceAud: 7 };
  expect(compareAnswer(form, answer, outputs[7])).toMatchObject({ score: 1 });
});
