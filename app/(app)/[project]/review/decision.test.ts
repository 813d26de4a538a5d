import { expect, test } from "vitest";
import { answerEntry, overruled, reasonEntry } from "./decision";
import { type HeldItem, initialState, reviewReducer } from "./review-state";
import { makeItem, makeQueue, makeRevealed } from "./testing/make-item";

const made = { key: "key", activeMs: 4_000 };

function held(change: Partial<HeldItem> = {}, revealed = makeRevealed("INCORRECT")): HeldItem {
  const [item] = reviewReducer(initialState(makeQueue()), {
    type: "claimed",
    item: makeItem("a", revealed),
  }).held;
  if (!item) throw new Error("expected an item");
  return { ...item, ...change };
}

test("after the reveal the answer is not sent again, and the computed verdict stands", () => {
  expect(answerEntry(held({ comment: " look " }), made)).toEqual({
    key: "key",
    path: "submit",
    reference: "case a",
    body: {
      slot_id: "a",
      lease_token: "token of a",
      submission_key: "key",
      answer_schema_id: "form",
      active_ms: 4_000,
      comment: "look",
    },
  });
});

test("an overrule needs a reason; the computed verdict chosen again is none", () => {
  expect(answerEntry(held({ overrule: "CORRECT", overruleReason: "  " }), made)).toBeNull();
  expect(overruled(held({ overrule: "CORRECT", overruleReason: "  " }))).toBe("unexplained");
  expect(overruled(held({ overrule: "INCORRECT", overruleReason: "x" }))).toBeNull();
  expect(answerEntry(held({ overrule: "CORRECT", overruleReason: " same " }), made)?.body).toMatchObject({
    overrule: { verdict: "CORRECT", reason: "same" },
  });
});

test("without a reveal (the item was lost) the answer goes along, if it is complete", () => {
  const lost = { ...held(), item: makeItem("a"), lost: true };
  expect(answerEntry({ ...lost, draft: { label: true } }, made)).toBeNull();
  expect(answerEntry({ ...lost, draft: { label: true, reason: "offer" } }, made)?.body).toMatchObject({
    answer: { label: true, reason: "offer" },
  });
});

test("handing on carries its reason", () => {
  expect(reasonEntry(held(), { outcome: "SKIPPED", reason: " later " }, made)).toMatchObject({
    path: "skip",
    body: { outcome: "SKIPPED", reason: "later", submission_key: "key" },
  });
});
