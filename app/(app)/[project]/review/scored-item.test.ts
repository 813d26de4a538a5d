import { expect, test } from "vitest";
import { answerDefinitionSchema } from "@/lib/review/schema";
import type { RevealedOutput } from "@/lib/review/wire-schema";
import { afterChoosing, answerFromDraft, draftFromAnswer } from "./answer-draft";
import { answerEntry } from "./decision";
import { DEFAULT_KEYS } from "./key-map";
import { shownValue } from "./field-difference";
import { commandForKey, optionValue } from "./review-key";
import { type HeldItem, initialState, reviewReducer } from "./review-state";
import { setDifference } from "./set-difference";
import { makeItem, makeQueue } from "./testing/make-item";
import { verdictNow } from "./verdict-now";

const definition = answerDefinitionSchema.parse({
  threshold: 0.7,
  fields: [
    {
      key: "topics",
      label: "Topics",
      type: "categories",
      options: ["billing", "refund", "delivery"].map((value) => ({ value, label: value.toUpperCase() })),
      output_path: "/topics",
      truth_path: "/topics",
    },
    { key: "parts", label: "Parts", type: "list", required: false, output_path: "/p", truth_path: "/p" },
    {
      key: "quality",
      label: "Is it good?",
      type: "rubric",
      rubric: { anchors: ["Bad", "Usable", "Good"], right_from: 3 },
      partial_credit: true,
      output_path: "/text",
      truth_path: "/score",
    },
  ],
});
const [topics, parts, quality] = definition.fields;
if (!topics || !parts || !quality) throw new Error("expected three fields");

const revealed: RevealedOutput = {
  answer: { topics: ["billing"], parts: null },
  output: { topics: ["refund"], text: "So it is." },
  output_values: { topics: ["refund"], quality: "So it is." },
  field_results: [
    { field: "topics", result: "mismatch", score: 0 },
    { field: "parts", result: "match" },
  ],
  score: 0.5,
  verdict: "INCORRECT",
};

function held(shown: RevealedOutput | null, draft: HeldItem["draft"] = {}): HeldItem {
  const item = { ...makeItem("a", shown), form: { id: "form", version: 1, definition, instructions: "" } };
  const [first] = reviewReducer(initialState(makeQueue()), {
    type: "claimed",
    item,
    entered: { draft },
  }).held;
  if (!first) throw new Error("expected an item");
  return first;
}
const made = { key: "key", at: 1, activeMs: 1 };

test("of several options each key adds one or takes it away, in the order of the form", () => {
  expect(afterChoosing(topics, undefined, "refund")).toEqual(["refund"]);
  expect(afterChoosing(topics, ["refund"], "billing")).toEqual(["billing", "refund"]);
  expect(afterChoosing(topics, ["billing", "refund"], "billing")).toEqual(["refund"]);
  expect(afterChoosing(topics, ["refund"], "refund")).toBeUndefined();
  expect(afterChoosing(quality, "2", "3")).toBe("3");
});

test("a list is what stands on its lines; a draft comes back as it was stated", () => {
  const drafted = answerFromDraft(definition, { topics: ["refund"], parts: " Hose \n\nPump\nHose" });
  expect(drafted).toEqual({ ok: true, answer: { topics: ["refund"], parts: ["Hose", "Pump"] } });
  if (drafted.ok) expect(answerFromDraft(definition, draftFromAnswer(drafted.answer))).toEqual(drafted);
  expect(answerFromDraft(definition, { parts: "Hose" })).toMatchObject({ ok: false, firstField: 0 });
});

test("the scores come after the reveal, are sent alone, and make the verdict as the server will", () => {
  expect(answerEntry(held(revealed), made)).toBeNull();
  expect(verdictNow(held(revealed).item, {})).toMatchObject({ open: true, compared: 2, right: 1 });
  const scored = held(revealed, { quality: "3", topics: ["refund"] });
  expect(scored.draft).toEqual({ topics: ["billing"], quality: "3" });
  expect(verdictNow(scored.item, scored.draft)).toEqual({
    open: false,
    compared: 3,
    right: 2,
    score: 2 / 3,
    verdict: "INCORRECT",
  });
  expect(answerEntry(scored, made)?.body).toMatchObject({ answer: { quality: 3 } });
  expect(verdictNow(scored.item, { quality: "2" })).toMatchObject({ score: 0.5, right: 1 });
  expect(answerEntry({ ...held(null, { topics: ["billing"] }), lost: true }, made)).toBeNull();
});

test("a fixed answer does not change after the reveal, a score does", () => {
  const state = { ...initialState(makeQueue()), held: [held(revealed)] };
  const answered = (field: string, value: string) =>
    reviewReducer(state, { type: "answered", field, value }).held[0]?.draft;
  expect(answered("parts", "Pump")).toEqual({ topics: ["billing"] });
  expect(answered("quality", "2")).toEqual({ topics: ["billing"], quality: "2" });
});

test("digits score with the output in view, and the other keys stay", () => {
  const press = { ctrl: false, alt: false, shift: false, ignored: false, on: "page" as const };
  const view = {
    phase: "revealed" as const,
    field: quality,
    singleKeys: true,
    enterSubmits: true,
    keys: DEFAULT_KEYS,
  };
  expect(commandForKey({ ...press, key: "3" }, view)).toEqual({ do: "choose", option: 2 });
  expect(commandForKey({ ...press, key: "4" }, view)).toBeNull();
  expect(commandForKey({ ...press, key: "n" }, view)).toEqual({ do: "wrong" });
  expect(commandForKey({ ...press, key: "3" }, { ...view, field: undefined })).toBeNull();
  expect(optionValue(quality, 2)).toBe("3");
});

test("two sets are told apart member by member, by the names that reviewers read", () => {
  expect(setDifference(topics, ["billing", "refund"], "refund, unheard of")).toEqual([
    { text: "REFUND", kind: "same" },
    { text: "BILLING", kind: "answer" },
    { text: "unheard of", kind: "output" },
  ]);
  expect(setDifference(parts, ["Fuel pump"], ["fuel  PUMP", "Hose"])).toEqual([
    { text: "Fuel pump", kind: "same" },
    { text: "Hose", kind: "output" },
  ]);
  expect(setDifference(topics, ["billing"], 7.5)).toMatchObject([{ kind: "answer" }, { text: "7.5" }]);
  expect(setDifference(topics, ["billing"], [{}])).toBeNull();
  expect(setDifference(quality, 3, "x")).toBeNull();
  expect(shownValue(quality, 3)).toBe("3 – Good");
  expect(shownValue(topics, ["billing", "refund"])).toBe("BILLING, REFUND");
});
