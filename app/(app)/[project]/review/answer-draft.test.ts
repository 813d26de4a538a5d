import { expect, test } from "vitest";
import { answerDefinitionSchema } from "@/lib/review/schema";
import { answerFromDraft, draftFromAnswer, numberFrom } from "./answer-draft";

const definition = answerDefinitionSchema.parse({
  fields: [
    { key: "total", label: "Total", type: "number", output_path: "/t", truth_path: "/t" },
    { key: "paid", label: "Paid?", type: "boolean", output_path: "/p", truth_path: "/p" },
    { key: "note", label: "Note", type: "text", required: false, output_path: "/n", truth_path: "/n" },
  ],
});

test.each([
  ["1250.5", 1250.5],
  ["1,250.5", 1250.5],
  ["1 250,000", null],
  ["1,250,000", 1_250_000],
  [" −3 ", -3],
  ["1e3", 1000],
  [".5", 0.5],
  ["1,5", null],
  ["about 3", null],
  ["", null],
  ["Infinity", null],
])("a typed number: %s", (text, value) => {
  expect(numberFrom(text)).toBe(value);
});

test("a complete draft becomes an answer; what may be missing becomes null", () => {
  expect(answerFromDraft(definition, { total: "1,250.5", paid: false })).toEqual({
    ok: true,
    answer: { total: 1250.5, paid: false, note: null },
  });
});

test("what is missing or cannot be read is named at its field, and the first such field is known", () => {
  const drafted = answerFromDraft(definition, { total: "a lot", note: " " });
  expect(drafted).toMatchObject({ ok: false, firstField: 0 });
  expect(drafted.ok ? {} : Object.keys(drafted.problems)).toEqual(["total", "paid"]);
  expect(answerFromDraft(definition, { total: "1" })).toMatchObject({ ok: false, firstField: 1 });
});

test("an answer comes back into the form as it was stated", () => {
  const answer = { total: 3, paid: true, note: null };
  expect(draftFromAnswer(answer)).toEqual({ total: "3", paid: true });
  expect(answerFromDraft(definition, draftFromAnswer(answer))).toEqual({ ok: true, answer });
  expect(draftFromAnswer(null)).toEqual({});
});
