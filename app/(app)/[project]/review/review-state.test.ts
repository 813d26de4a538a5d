import { expect, test } from "vitest";
import {
  doneToday,
  hasWork,
  initialState,
  itemsLeft,
  type ReviewEvent,
  type ReviewState,
  reviewReducer,
} from "./review-state";
import { makeItem, makeQueue, makeRevealed } from "./testing/make-item";

function after(events: readonly ReviewEvent[], start: ReviewState = initialState(makeQueue())): ReviewState {
  return events.reduce(reviewReducer, start);
}

const slots = (state: ReviewState) => state.held.map((each) => each.item.slot_id);
const first = (state: ReviewState) => {
  const held = state.held[0];
  if (!held) throw new Error("expected an item on the screen");
  return held;
};

test("the first claimed item is on the screen, the second waits; the same item never twice", () => {
  const state = after([
    { type: "claiming" },
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "claimed", item: makeItem("a") },
  ]);
  expect(slots(state)).toEqual(["a", "b"]);
  expect(state.claiming).toBe(false);
});

test("what was entered before a reload stands again, but never over an answer that is fixed", () => {
  const draft = { reason: "half a" };
  const entered = { draft, comment: "look", overrule: "INCORRECT", activeField: "not a number", unknown: 1 };
  const state = after([
    { type: "claimed", item: makeItem("a"), entered },
    { type: "claimed", item: makeItem("b", makeRevealed("CORRECT")), entered },
  ]);
  expect(state.held.map((each) => each.draft)).toEqual([draft, { label: true, reason: "offer" }]);
  expect(state.held[1]).toMatchObject({ comment: "look", overrule: "INCORRECT", activeField: 0 });
  expect(state.held[0]).not.toHaveProperty("unknown");
});

test("an answer given without connection that differs comes back behind what is begun, and is not done any more", () => {
  const start = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "decided", slotId: "a", outcome: "ANSWERED" },
  ]);
  const back = { type: "returned", item: makeItem("a", makeRevealed("INCORRECT")) } as const;
  expect(slots(after([back], start))).toEqual(["b", "a"]);
  const begun = after([{ type: "answered", field: "label", value: true }, back], start);
  expect(slots(begun)).toEqual(["b", "a"]);
  expect([doneToday(start), doneToday(begun)]).toEqual([4, 3]);
  expect(slots(after([{ type: "left" }], begun))).toEqual([]);
});

test("answers go to the item on the screen only, and clear that field's problem", () => {
  const state = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "refused", problems: { label: "Please choose.", reason: "Please fill in." }, firstField: 1 },
    { type: "answered", field: "label", value: true },
  ]);
  expect(first(state)).toMatchObject({ draft: { label: true }, activeField: 1 });
  expect(first(state).problems).toEqual({ reason: "Please fill in." });
  expect(state.held[1]?.draft).toEqual({});
  const cleared = after([{ type: "answered", field: "label", value: undefined }], state);
  expect(first(cleared).draft).toEqual({});
});

test("after the reveal the answer is fixed", () => {
  const state = after([
    { type: "claimed", item: makeItem("a") },
    { type: "revealing", slotId: "a" },
    { type: "revealed", slotId: "a", revealed: makeRevealed("INCORRECT") },
    { type: "answered", field: "label", value: false },
  ]);
  expect(first(state).draft).toEqual({ label: true, reason: "offer" });
  expect(state.revealing).toBeNull();
  expect(state.said.text).toBe("The output differs from your answer.");
});

test("a decision brings the next item at once and is counted; handing on is no review", () => {
  const start = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "nothing", queue: makeQueue({ left: 2 }), counted: 0 },
  ]);
  const answered = after([{ type: "decided", slotId: "a", outcome: "ANSWERED" }], start);
  expect(slots(answered)).toEqual(["b"]);
  expect([doneToday(answered), itemsLeft(answered), answered.exhausted]).toEqual([4, 1, false]);
  expect(answered.said.text).toBe("Saved. Item 5 of 5.");
  const skipped = after([{ type: "decided", slotId: "b", outcome: "SKIPPED" }], answered);
  expect([doneToday(skipped), itemsLeft(skipped), skipped.queue.deferred]).toEqual([4, 0, 1]);
});

test("a decision on its way when the queue says that nothing is left is counted once", () => {
  const start = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "decided", slotId: "a", outcome: "ANSWERED" },
  ]);
  const before = [doneToday(start), itemsLeft(start)];
  const { done_today, left } = start.queue;
  const late = after([{ type: "nothing", queue: makeQueue({ done_today, left }), counted: null }], start);
  expect([doneToday(late), itemsLeft(late)]).toEqual(before);
  const settled = makeQueue({ done_today: done_today + 1, left: left - 1 });
  const known = after([{ type: "nothing", queue: settled, counted: 1 }], start);
  expect([doneToday(known), itemsLeft(known)]).toEqual(before);
});

test("an item lost without work vanishes; one with work stays, marked, with everything entered", () => {
  const state = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claimed", item: makeItem("b") },
    { type: "answered", field: "reason", value: "half a sentence" },
    { type: "revealing", slotId: "a" },
    { type: "lost", slotIds: ["a", "b"] },
  ]);
  expect(slots(state)).toEqual(["a"]);
  expect(first(state)).toMatchObject({ lost: true, draft: { reason: "half a sentence" } });
  expect(state.revealing).toBeNull();
  expect(hasWork(first(state))).toBe(true);
});

test("an item whose output was seen in an earlier sitting says so, with the answer that stands", () => {
  const seen = after([{ type: "claimed", item: makeItem("a", makeRevealed("CORRECT")) }]);
  expect(first(seen)).toMatchObject({ came: "seen", draft: { label: true, reason: "offer" } });
  expect(first(after([{ type: "claimed", item: makeItem("a") }])).came).toBe("new");
});

test("undo brings the item back in front and keeps what was begun on the other", () => {
  const state = after([
    { type: "claimed", item: makeItem("b") },
    { type: "answered", field: "reason", value: "begun" },
    { type: "decided", slotId: "x", outcome: "ANSWERED" },
    {
      type: "undone",
      undone: {
        adjudicated: false,
        review_id: "r",
        item: makeItem("a", makeRevealed("INCORRECT")),
        before: {
          outcome: "ANSWERED",
          answer: { label: true },
          verdict: "CORRECT",
          reason: null,
          overrule_reason: "Both are right.",
          comment: "note",
          error_tags: [],
          severity: null,
          correction: null,
        },
      },
    },
  ]);
  expect(slots(state)).toEqual(["a", "b"]);
  expect(first(state)).toMatchObject({
    came: "undone",
    overrule: "CORRECT",
    overruleReason: "Both are right.",
    comment: "note",
    draft: { label: true, reason: "offer" },
  });
  expect(state.held[1]?.draft).toEqual({ reason: "begun" });
  expect(doneToday(state)).toBe(3);
});

test("an undo of an item that somebody else has by now changes nothing on the screen", () => {
  const before = {
    outcome: "SKIPPED" as const,
    answer: null,
    verdict: null,
    reason: "later",
    overrule_reason: null,
    comment: null,
    error_tags: [],
    severity: null,
    correction: null,
  };
  const state = after([
    { type: "claimed", item: makeItem("b") },
    { type: "undone", undone: { review_id: "r", item: null, adjudicated: false, before } },
  ]);
  expect(slots(state)).toEqual(["b"]);
  expect(state.said.text).toContain("Somebody else");
});

test("a failure keeps what is held, and the next reading of the queue ends it", () => {
  const failure = { kind: "offline", sentence: "no connection", reference: undefined } as const;
  const failed = after([
    { type: "claimed", item: makeItem("a") },
    { type: "claiming" },
    { type: "failed", failure },
  ]);
  expect(slots(failed)).toEqual(["a"]);
  expect([failed.claiming, failed.failure]).toEqual([false, failure]);
  const back = after([{ type: "queue", queue: makeQueue({ done_today: 8 }), counted: 0 }], failed);
  expect([back.failure, doneToday(back)]).toEqual([null, 8]);
});

test("a decision made while the queue was being read is not forgotten", () => {
  const state = after([
    { type: "claimed", item: makeItem("a") },
    { type: "decided", slotId: "a", outcome: "ANSWERED" },
    { type: "claimed", item: makeItem("b") },
    { type: "decided", slotId: "b", outcome: "ANSWERED" },
    { type: "queue", queue: makeQueue({ done_today: 4, left: 9 }), counted: 1 },
  ]);
  expect([doneToday(state), itemsLeft(state)]).toEqual([5, 8]);
});

test("an empty queue is known from the start, and left when there is work again", () => {
  const empty = initialState(
    makeQueue({ left: 0, empty: { reason: "all_done", free_at: null, held_by_me: 0 } }),
  );
  expect(empty.exhausted).toBe(true);
  expect(after([{ type: "queue", queue: makeQueue(), counted: 0 }], empty).exhausted).toBe(false);
});

test("an overrule, its reason and a note belong to the item on the screen; leaving it drops it", () => {
  const state = after([
    { type: "claimed", item: makeItem("a", makeRevealed("INCORRECT")) },
    { type: "overruled", verdict: "CORRECT" },
    { type: "reasoned", reason: "same thing" },
    { type: "commented", comment: "look" },
    { type: "active", index: 1 },
  ]);
  expect(first(state)).toMatchObject({
    overrule: "CORRECT",
    overruleReason: "same thing",
    comment: "look",
    activeField: 1,
  });
  expect(after([{ type: "dropped", slotId: "a" }], state).held).toEqual([]);
});
