import type {
  RevealedOutput,
  ReviewItem,
  ReviewQueueStatus,
  Severity,
  UndoneReview,
} from "@/lib/review/wire-schema";
import { type Draft, type Drafted, draftFromAnswer } from "./answer-draft";
import { freshItem, isLate, lateDraft, undoneItem } from "./fresh-item";
import { withEntered } from "./kept-draft";
import type { Remark } from "./remark";
import { countedQueue } from "./count-queue";
import { saidSentence } from "./said-sentence";

export type Verdict = "CORRECT" | "INCORRECT";

/** An item in this person's hands, with everything that they have entered for it. */
export interface HeldItem {
  item: ReviewItem;
  draft: Draft;
  problems: Readonly<Record<string, string>>;
  /** Index of the field that digits answer. */
  activeField: number;
  /** The verdict that this person gives instead of the computed one. */
  overrule: Verdict | null;
  overruleReason: string;
  comment: string;
  /** Of a wrong output: what is wrong with it, how bad that is, and what it should have been, as it stands in the form. */
  errorTags: readonly string[];
  severity: Severity | null;
  correction: Draft | null;
  /** Somebody else has taken it over: what is entered can still be sent as an extra opinion. */
  lost: boolean;
  /** How it came here: taken back by undo, its output was seen in an earlier sitting, or answered while there was no connection. */
  came: "new" | "undone" | "seen" | "returned";
}

export interface Failure {
  kind: "offline" | "signed_out" | "not_reviewer" | "other";
  sentence: string;
  reference: string | undefined;
}

export interface ReviewState {
  /** The first is on the screen, the second was fetched ahead. */
  held: readonly HeldItem[];
  claiming: boolean;
  /** The slot whose output is being fetched. */
  revealing: string | null;
  failure: Failure | null;
  queue: ReviewQueueStatus;
  /** Decisions since the queue was read. */
  decided: number;
  /** The queue had nothing more when it was last asked. */
  exhausted: boolean;
  /** Read out politely; the number makes equal sentences new. */
  said: { text: string; count: number };
}

export type ReviewEvent =
  | { type: "said"; text: string }
  | { type: "claiming" }
  /** `entered`: for this very item, before the page was loaded again. */
  | { type: "claimed"; item: ReviewItem; entered?: Readonly<Record<string, unknown>> }
  /** An answer that was given without connection differs from the output, and wants a look. */
  | { type: "returned"; item: ReviewItem }
  /** Another tab goes on with everything. */
  | { type: "left" }
  | { type: "nothing"; queue: ReviewQueueStatus; counted: number | null }
  | { type: "failed"; failure: Failure }
  /** `counted`: decisions that were made, and sent, before the queue was read. */
  | { type: "queue"; queue: ReviewQueueStatus; counted: number }
  | { type: "answered"; field: string; value: Drafted | undefined }
  | { type: "active"; index: number }
  | { type: "refused"; problems: Readonly<Record<string, string>>; firstField: number }
  | { type: "revealing"; slotId: string }
  | { type: "revealed"; slotId: string; revealed: RevealedOutput }
  | { type: "reveal-failed"; slotId: string }
  | { type: "lost"; slotIds: readonly string[] }
  | { type: "overruled"; verdict: Verdict | null }
  | { type: "reasoned"; reason: string }
  | { type: "commented"; comment: string }
  | { type: "remarked"; change: Partial<Remark> }
  | { type: "decided"; slotId: string; outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED" }
  | { type: "dropped"; slotId: string }
  | { type: "undone"; undone: UndoneReview };

export function initialState(queue: ReviewQueueStatus): ReviewState {
  return {
    held: [],
    claiming: false,
    revealing: null,
    failure: null,
    queue,
    decided: 0,
    exhausted: queue.empty !== null,
    said: { text: "", count: 0 },
  };
}

export function reviewReducer(state: ReviewState, event: ReviewEvent): ReviewState {
  switch (event.type) {
    case "said":
      return say(state, event.text);
    case "claiming":
      return { ...state, claiming: true, failure: null };
    case "claimed":
      return {
        ...withItem(state, event.item, event.entered ?? {}),
        claiming: false,
        failure: null,
        exhausted: false,
      };
    case "nothing":
      return {
        ...state,
        ...countedQueue(state, event.queue, event.counted),
        claiming: false,
        exhausted: true,
      };
    case "failed":
      return { ...state, claiming: false, failure: event.failure };
    case "queue":
      return {
        ...state,
        ...countedQueue(state, event.queue, event.counted),
        exhausted: event.queue.empty !== null,
      };
    case "revealing":
      return { ...state, revealing: event.slotId };
    case "revealed":
      return { ...revealed(state, event.slotId, event.revealed), revealing: null };
    case "reveal-failed":
      return { ...state, revealing: null };
    case "lost":
      return lost(state, event.slotIds);
    case "decided":
      return decided(state, event);
    case "dropped":
      return { ...state, held: state.held.filter((each) => each.item.slot_id !== event.slotId) };
    case "undone":
      return undone(state, event.undone);
    case "returned":
      return returned(state, event.item);
    case "left":
      return { ...state, held: [], claiming: false, revealing: null, failure: null, exhausted: false };
    default:
      return onScreen(state, (held) => edited(held, event));
  }
}

type Edit = Extract<
  ReviewEvent,
  { type: "answered" | "active" | "refused" | "overruled" | "reasoned" | "commented" | "remarked" }
>;

function edited(held: HeldItem, event: Edit): HeldItem {
  switch (event.type) {
    case "answered":
      return answered(held, event);
    case "active":
      return { ...held, activeField: event.index };
    case "refused":
      return { ...held, problems: event.problems, activeField: Math.max(0, event.firstField) };
    case "overruled":
      return { ...held, overrule: event.verdict };
    case "reasoned":
      return { ...held, overruleReason: event.reason };
    case "commented":
      return { ...held, comment: event.comment };
    case "remarked":
      return { ...held, ...event.change };
  }
}

function onScreen(state: ReviewState, change: (held: HeldItem) => HeldItem): ReviewState {
  const [first, ...rest] = state.held;
  return first ? { ...state, held: [change(first), ...rest] } : state;
}

function answered(held: HeldItem, event: Extract<ReviewEvent, { type: "answered" }>): HeldItem {
  if (held.item.revealed && !isLate(held.item, event.field)) return held;
  const { [event.field]: _before, ...others } = held.draft;
  const { [event.field]: _problem, ...problems } = held.problems;
  return {
    ...held,
    draft: event.value === undefined ? others : { ...others, [event.field]: event.value },
    problems,
  };
}

function withItem(
  state: ReviewState,
  item: ReviewItem,
  entered: Readonly<Record<string, unknown>>,
): ReviewState {
  if (state.held.some((each) => each.item.slot_id === item.slot_id)) return state;
  const empty = freshItem(item);
  const restored = withEntered(empty, entered);
  // What was stated before the output was shown stands.
  const draft = item.revealed ? { ...empty.draft, ...lateDraft(item, restored.draft) } : restored.draft;
  return { ...state, held: [...state.held, { ...restored, draft }] };
}

/** Next after the one on the screen: nothing moves under somebody's hands, begun or not. */
function returned(state: ReviewState, item: ReviewItem): ReviewState {
  const held: HeldItem = { ...freshItem(item), came: "returned" };
  const others = state.held.filter((each) => each.item.slot_id !== item.slot_id);
  const after = { ...state, decided: state.decided - 1 };
  return say(
    { ...after, held: [...others.slice(0, 1), held, ...others.slice(1)] },
    "An answer that you gave without connection needs another look: it comes next.",
  );
}

function revealed(state: ReviewState, slotId: string, shown: RevealedOutput): ReviewState {
  const text =
    shown.field_results.length === 0
      ? "The output is shown."
      : shown.verdict === "CORRECT"
        ? "The output agrees with your answer."
        : "The output differs from your answer.";
  return say(
    {
      ...state,
      held: state.held.map((each) =>
        each.item.slot_id === slotId
          ? {
              ...each,
              item: { ...each.item, revealed: shown },
              activeField: 0,
              draft: { ...lateDraft(each.item, each.draft), ...draftFromAnswer(shown.answer) },
              problems: {},
            }
          : each,
      ),
    },
    text,
  );
}

/** An item that nothing was entered for is simply not there any more; else it stays, marked. */
function lost(state: ReviewState, slotIds: readonly string[]): ReviewState {
  const gone = new Set(slotIds);
  return {
    ...state,
    revealing: state.revealing && gone.has(state.revealing) ? null : state.revealing,
    held: state.held
      .filter((each) => !gone.has(each.item.slot_id) || hasWork(each))
      .map((each) => (gone.has(each.item.slot_id) ? { ...each, lost: true } : each)),
  };
}

export function hasWork(held: HeldItem): boolean {
  return held.item.revealed !== null || Object.keys(held.draft).length > 0 || held.comment !== "";
}

function decided(state: ReviewState, event: Extract<ReviewEvent, { type: "decided" }>): ReviewState {
  const held = state.held.filter((each) => each.item.slot_id !== event.slotId);
  const counts = event.outcome !== "SKIPPED";
  const after = {
    ...state,
    held,
    exhausted: false,
    decided: state.decided + (counts ? 1 : 0),
    queue: counts ? state.queue : handedOn(state.queue, 1),
  };
  const progress = { done: doneToday(after), left: itemsLeft(after), more: after.queue.left_is_at_least };
  return say(after, saidSentence(event.outcome, progress));
}

function undone(state: ReviewState, { item, before }: UndoneReview): ReviewState {
  const counted = before.outcome !== "SKIPPED";
  const after = counted
    ? { ...state, decided: state.decided - 1 }
    : { ...state, queue: handedOn(state.queue, -1) };
  if (!item) return say(after, "Taken back. Somebody else has this item now.");
  const others = state.held.filter((each) => each.item.slot_id !== item.slot_id);
  return say(
    { ...after, failure: null, held: [undoneItem(item, before), ...others] },
    "Taken back: this item is open again.",
  );
}

function handedOn(queue: ReviewQueueStatus, count: 1 | -1): ReviewQueueStatus {
  return { ...queue, left: queue.left - count, deferred: queue.deferred + count };
}

function say(state: ReviewState, text: string): ReviewState {
  return { ...state, said: { text, count: state.said.count + 1 } };
}

export function doneToday(state: ReviewState): number {
  return Math.max(0, state.queue.done_today + state.decided);
}

export function itemsLeft(state: ReviewState): number {
  return Math.max(state.held.length, state.queue.left - state.decided);
}
