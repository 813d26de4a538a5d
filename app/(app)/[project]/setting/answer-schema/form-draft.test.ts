import { expect, test } from "vitest";
import { answerDefinitionSchema } from "@/lib/review/schema";
import type { FieldDraft } from "./field-draft";
import { definitionFrom, draftFrom, formReducer } from "./form-draft";

const definition = answerDefinitionSchema.parse({
  threshold: 0.8,
  severities: true,
  error_tags: [{ key: "misread", label: "Misread", hint: "It stands there." }],
  fields: [
    {
      key: "kind",
      label: "What kind?",
      hint: "Look at the head.",
      type: "category",
      options: [
        { value: "owner_letter", label: "owner letter" },
        { value: "other", label: "other" },
      ],
      output_path: "/label",
      truth_path: "/truth",
    },
    {
      key: "total",
      label: "Total",
      type: "number",
      tolerance: { relative: 0.07, absolute: 2 },
      output_path: "/total",
      truth_path: "/total",
      weight: 2.5,
      required: false,
    },
    {
      key: "due",
      label: "Due",
      type: "date",
      tolerance: { absolute: 1 },
      output_path: "/due",
      truth_path: "/due",
    },
    {
      key: "name",
      label: "Name",
      type: "text",
      normalise: { case: false, space: true, punctuation: true, accents: true },
      similarity: 0.9,
      output_path: "",
      truth_path: "",
    },
    {
      key: "topics",
      label: "Topics",
      type: "categories",
      options: [
        { value: "a", label: "a" },
        { value: "b", label: "B" },
      ],
      overlap: 0.55,
      partial_credit: true,
      output_path: "/topics",
      truth_path: "/topics",
    },
    {
      key: "parts",
      label: "Parts",
      type: "list",
      normalise: { case: true, space: true, punctuation: false, accents: false },
      output_path: "/parts",
      truth_path: "/parts",
    },
    {
      key: "summary",
      label: "Is the summary good?",
      type: "rubric",
      rubric: { anchors: ["Useless", "", "Good"], right_from: 3 },
      output_path: "/summary",
      truth_path: "/score",
    },
    { key: "paid", label: "Paid?", type: "boolean", output_path: "/paid", truth_path: "/paid" },
  ],
});

function draftWith(change: Partial<FieldDraft>) {
  const draft = draftFrom(null, "");
  return formReducer(draft, {
    type: "changed",
    id: 0,
    change: { label: "Is it spam?", type: "boolean", outputPath: "/spam", truthPath: "/spam", ...change },
  });
}

const problemsOf = (change: Partial<FieldDraft>) => {
  const drawn = definitionFrom(draftWith(change));
  return drawn.ok ? {} : drawn.problems;
};

test("every kind of field survives the editor unchanged", () => {
  expect(definitionFrom(draftFrom(definition, "x"))).toEqual({ ok: true, definition });
});

test("a new field gets a key from its question, and never one that is taken", () => {
  let draft = draftWith({ label: "Ist das Spam? (E-Mail)" });
  draft = formReducer(draft, { type: "added" });
  draft = formReducer(draft, {
    type: "changed",
    id: 1,
    change: { label: "Ist das Spam, E-Mail", type: "text" },
  });
  const drawn = definitionFrom(draft);
  expect(drawn.ok && drawn.definition.fields.map((field) => field.key)).toEqual([
    "ist_das_spam_e_mail",
    "ist_das_spam_e_mail_2",
  ]);
});

test("error tags keep their keys, new ones get their own, and what has no name is left out", () => {
  let draft = draftFrom(definition, "");
  for (let i = 0; i < 2; i += 1) draft = formReducer(draft, { type: "tag added" });
  draft = formReducer(draft, { type: "tag changed", id: 0, change: { label: "Read wrongly", hint: "" } });
  draft = formReducer(draft, { type: "tag changed", id: 1, change: { label: "Misread" } });
  const drawn = definitionFrom(draft);
  expect(drawn.ok && drawn.definition.error_tags).toEqual([
    { key: "misread", label: "Read wrongly" },
    { key: "misread_2", label: "Misread" },
  ]);
  draft = formReducer(draft, { type: "tag removed", id: 0 });
  expect(draft.tags.map((tag) => tag.id)).toEqual([1, 2]);
});

test.each([
  ["no question", { label: " " }, "0.label"],
  ["a path without a slash", { outputPath: "label" }, "0.outputPath"],
  ["a broken path", { outputPath: "/a~2" }, "0.output_path"],
  ["one option", { type: "category", options: "yes" }, "0.options"],
  ["the same option twice", { type: "category", options: "yes\nyes = Yes" }, "0.options"],
  ["a tolerance in words", { type: "number", relative: "five" }, "0.relative"],
  ["a likeness of nothing", { type: "text", similarity: "0" }, "0.similarity"],
  ["more than everything in common", { type: "list", overlap: "101" }, "0.overlap"],
  ["one score only", { type: "rubric", anchors: "Good" }, "0.anchors"],
  ["right from no score there is", { type: "rubric", rightFrom: "6" }, "0.rightFrom"],
  ["a weight of nothing", { weight: "0" }, "0.weight"],
] as const)("what is not right is named at its place: %s", (_name, change, place) => {
  expect(Object.keys(problemsOf(change))).toEqual([place]);
});

test("a form needs a field and a sensible share", () => {
  const none = formReducer(draftWith({}), { type: "removed", id: 0 });
  expect(definitionFrom(none)).toMatchObject({
    ok: false,
    problems: { form: expect.stringContaining("one question") },
  });
  const share = formReducer(draftWith({}), { type: "threshold", value: "120" });
  expect(definitionFrom(share)).toMatchObject({ ok: false });
});

test("a question that is left alone has no other threshold than its own", () => {
  let draft = draftFrom(definition, "");
  for (const { id, key } of draft.fields)
    if (key !== "topics") draft = formReducer(draft, { type: "removed", id });
  const drawn = definitionFrom(draft);
  expect(drawn.ok && drawn.definition).toMatchObject({ threshold: 1, fields: [{ overlap: 0.55 }] });
  expect(drawn.ok && drawn.definition.fields[0]?.partial_credit).toBeUndefined();
});

test("fields move within the list and no further", () => {
  const draft = formReducer(draftFrom(definition, ""), { type: "moved", id: 1, by: -1 });
  expect(draft.fields.map((field) => field.key)).toEqual([
    "total",
    "kind",
    "due",
    "name",
    "topics",
    "parts",
    "summary",
    "paid",
  ]);
  expect(formReducer(draft, { type: "moved", id: 1, by: -1 }).fields).toEqual(draft.fields);
});
