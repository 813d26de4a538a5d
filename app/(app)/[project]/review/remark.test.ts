import { expect, test } from "vitest";
import { answerDefinitionSchema } from "@/lib/review/schema";
import { answerEntry } from "./decision";
import { freshItem, undoneItem } from "./fresh-item";
import { correctionFields, correctionStart, remarkBody } from "./remark";
import type { HeldItem } from "./review-state";
import { makeItem, makeRevealed } from "./testing/make-item";

const wrong = (change: Partial<HeldItem> = {}): HeldItem => ({
  ...freshItem(makeItem("a", makeRevealed("INCORRECT"))),
  ...change,
});
const RUBRIC = answerDefinitionSchema.parse({
  fields: [
    {
      key: "tone",
      label: "Tone",
      type: "rubric",
      output_path: "/text",
      truth_path: "/text",
      rubric: { anchors: ["bad", "good"], right_from: 2 },
    },
    {
      key: "facts",
      label: "Facts",
      type: "rubric",
      output_path: "/text",
      truth_path: "/text",
      rubric: { anchors: ["bad", "good"], right_from: 2 },
    },
  ],
});

test("tags, severity and what was changed of the answer are sent of a wrong output", () => {
  const held = wrong({
    errorTags: ["misread"],
    severity: "major",
    correction: { label: true, reason: "fine" },
  });
  expect(answerEntry(held, { key: "k", activeMs: 1 })?.body).toMatchObject({
    error_tags: ["misread"],
    severity: "major",
    correction: { reason: "fine" },
  });
});

test("of a right output, or before it is shown, nothing of it is sent", () => {
  const remark = { errorTags: ["misread"], severity: "minor", correction: { label: false } } as const;
  const overruled = wrong({ ...remark, overrule: "CORRECT", overruleReason: "same" });
  const blind = { ...freshItem(makeItem("a")), ...remark, draft: { label: true, reason: "x" } };
  for (const held of [overruled, blind])
    expect(Object.keys(answerEntry(held, { key: "k", activeMs: 1 })?.body ?? {})).not.toEqual(
      expect.arrayContaining(["error_tags"]),
    );
  expect(remarkBody({ ...freshItem(makeItem("a", makeRevealed("CORRECT"))), ...remark }, "CORRECT")).toEqual(
    {},
  );
});

test("a correction begins with the own answer, and unchanged it is none", () => {
  const held = wrong();
  expect(correctionStart(held.item)).toEqual({ label: true, reason: "offer" });
  expect(remarkBody(wrong({ correction: correctionStart(held.item) }), "INCORRECT")).toEqual({});
  expect(remarkBody(wrong({ correction: { label: true } }), "INCORRECT")).toEqual({
    correction: { reason: null },
  });
});

test("in place of scores the words that were scored are corrected, once", () => {
  expect(correctionFields(RUBRIC).map(({ key, type }) => [key, type])).toEqual([["tone", "text"]]);
  const item = makeItem("a", {
    ...makeRevealed("INCORRECT"),
    answer: { tone: 1, facts: 1 },
    output_values: { tone: "Go away.", facts: "Go away." },
  });
  const scored = { ...item, form: { ...item.form, definition: RUBRIC } };
  expect(correctionStart(scored)).toEqual({ tone: "Go away.", facts: "Go away." });
  const held = { ...freshItem(scored), correction: { tone: "Please wait." } };
  expect(remarkBody(held, "INCORRECT")).toEqual({ correction: { tone: "Please wait." } });
});

test("what was remarked comes back with undo", () => {
  const before = {
    outcome: "ANSWERED",
    answer: { label: true, reason: "offer" },
    verdict: "INCORRECT",
    reason: null,
    overrule_reason: null,
    comment: null,
    error_tags: ["made_up"],
    severity: "critical",
    correction: { reason: "fine" },
  } as const;
  const item = makeItem("a", makeRevealed("INCORRECT"));
  expect(undoneItem(item, { ...before, error_tags: [...before.error_tags] })).toMatchObject({
    errorTags: ["made_up"],
    severity: "critical",
    correction: { label: true, reason: "fine" },
    came: "undone",
  });
});
