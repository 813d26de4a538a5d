"use client";

import { useEffect, useMemo, useReducer, useRef } from "react";
import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { QueueName, ReviewQueueStatus } from "@/lib/review/wire-schema";
import { answerFromDraft } from "./answer-draft";
import { type AnswerPath, answerEntry, type Reason, reasonEntry, undoEntry } from "./decision";
import { newKey, type OutboxEntry } from "./outbox";
import { type ReviewApi, reviewApi } from "./review-api";
import {
  type HeldItem,
  initialState,
  type ReviewEvent,
  type ReviewState,
  reviewReducer,
} from "./review-state";
import { sendEntry, type SendHandlers } from "./send-entry";
import { type ActiveTime, useActiveTime } from "./use-active-time";
import { useClaims } from "./use-claims";
import { useConnection } from "./use-connection";
import { useLeases } from "./use-leases";
import { useOnlyTab } from "./use-only-tab";
import { type Outbox, useOutbox } from "./use-outbox";

type Show = ReturnType<typeof useToast>["show"];

const DOUBLE_PRESS_MS = 400;

const DRAFT_LOST = {
  kind: "problem",
  title: "An item that you had begun is with somebody else now",
  description: "You had not submitted it; nothing of it was sent.",
} as const;

/** So many decisions can be taken back in a row before they are decided again. */
const MOST_UNDONE = 10;

export interface SessionOptions {
  slug: string;
  owner: string;
  queueName: QueueName;
  queue: ReviewQueueStatus;
}

/** One reviewer's sitting: claims, fetches ahead, reveals, sends, takes back. The rules are in the reducer. */
export function useReviewSession(options: SessionOptions) {
  const { slug, owner, queueName: queue } = options;
  const { connection, watched } = useConnection();
  const api = useMemo(() => reviewApi({ slug, queue, owner }, watched), [slug, queue, owner, watched]);
  const [state, dispatch] = useReducer(reviewReducer, options.queue, initialState);
  const { show } = useToast();
  const active = useActiveTime();
  const tab = useOnlyTab(`assay-review:${owner}:${slug}`);
  const here = tab.role === "here";
  const outbox = useOutbox(owner, slug, here, (entry) => sendEntry(api, entry, sendHandlers(dispatch, show)));
  useLeases(api, state.held, active.idleFor, {
    onLost: (slotIds) => dispatch({ type: "lost", slotIds }),
    onWithdrawn: (slotIds) => withdraw(slotIds, dispatch, show),
  });
  const retry = useClaims(api, state, dispatch, {
    active: here && outbox.ready,
    isDecided: outbox.knows,
    saved: outbox.waiting === 0,
    draftName: `assay-review-draft:${owner}:${slug}${queue === "review" ? "" : `:${queue}`}`,
    onDraftLost: () => show(DRAFT_LOST),
  });
  useEffect(() => {
    if (tab.role === "elsewhere") dispatch({ type: "left" });
  }, [tab.role]);

  const current = state.held[0];
  const decisions = useDecisions(queue, {
    state,
    dispatch,
    outbox,
    active,
    offline: connection === "offline",
    show,
  });
  return {
    state,
    dispatch,
    outbox,
    connection,
    /** The server has a newer version of this page. */
    outdated: state.queue.build !== options.queue.build,
    tab,
    retry,
    ...decisions,
    reveal: async () => {
      if (!current || current.item.revealed || state.revealing) return;
      if (connection === "offline" && decisions.answer("answer")) return;
      await reveal(api, current, dispatch, show);
    },
    /** After signing in again. */
    goOn: () => {
      void outbox.flush();
      if (current) void api.queue().catch(() => undefined);
      else retry();
    },
    drop: () => {
      if (current) dispatch({ type: "dropped", slotId: current.item.slot_id });
    },
  };
}

interface Deciding {
  state: ReviewState;
  dispatch: (event: ReviewEvent) => void;
  outbox: Outbox;
  active: ActiveTime;
  offline: boolean;
  show: Show;
}

/** What a person decides about the item on the screen: kept on this device first, then said. */
function useDecisions(queue: QueueName, now: Deciding) {
  const { state, dispatch, outbox, active, show } = now;
  const current = state.held[0];
  const writing = useRef(false);
  const decidedAt = useRef(Number.NEGATIVE_INFINITY);
  const keep = async (entry: OutboxEntry): Promise<boolean> => {
    // A second press while the first is being written is the same decision.
    if (writing.current) return false;
    writing.current = true;
    const kept = await outbox.add(entry);
    writing.current = false;
    return kept;
  };
  const decide = async (entry: OutboxEntry, outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED") => {
    if (!current) return;
    const slotId = current.item.slot_id;
    if (await keep(entry)) {
      decidedAt.current = performance.now();
      dispatch({ type: "decided", slotId, outcome });
      return;
    }
    // Decided in an earlier visit, in whose last moment the page ended.
    if (!writing.current) dispatch({ type: "dropped", slotId });
  };
  const made = () => ({ key: newKey(), activeMs: active.take() });
  return {
    /** Sends the decision on the screen; false when something is missing. */
    answer: (path: AnswerPath): boolean => {
      // The second press of a double one must not submit what has just come, with its answer in it, and nobody has seen.
      const meant = current?.came === "new" || performance.now() - decidedAt.current > DOUBLE_PRESS_MS;
      if (!meant) return true;
      const entry = current && answerEntry(current, made(), path);
      if (entry) void decide(entry, "ANSWERED");
      return Boolean(entry);
    },
    giveReason: (reason: Reason) => {
      if (current) void decide(reasonEntry(current, reason, made()), reason.outcome);
    },
    undo: async (which: "last" | "deferred" = "last") => {
      const refusal =
        now.offline || outbox.stuck !== null
          ? "Undo works again once your reviews are saved."
          : state.held.filter((each) => each.came === "undone").length >= MOST_UNDONE
            ? "Ten reviews are taken back. Decide one of them first."
            : null;
      if (refusal) show({ kind: "problem", title: refusal });
      else if (await keep(undoEntry(which, newKey(), queue))) {
        decidedAt.current = Number.NEGATIVE_INFINITY;
        active.take();
      }
    },
  };
}

function sendHandlers(dispatch: (event: ReviewEvent) => void, show: Show): SendHandlers {
  return {
    onSaved: (saved) => {
      if (!saved.primary)
        show({ title: "Kept as an extra opinion", description: "Somebody else had taken over this item." });
    },
    onReturned: (item) => dispatch({ type: "returned", item }),
    onUndone: (undone) => {
      dispatch({ type: "undone", undone });
      if (undone.adjudicated)
        show({
          title: "A third person has decided about this item",
          description:
            "Their decision stands. That you changed your opinion afterwards is noted for your manager.",
        });
    },
    onNothingUndone: (title) => show({ kind: "problem", title }),
  };
}

/** Nothing is left to decide: the next item comes. */
function withdraw(slotIds: readonly string[], dispatch: (event: ReviewEvent) => void, show: Show): void {
  for (const slotId of slotIds) dispatch({ type: "dropped", slotId });
  show({
    title: slotIds.length === 1 ? "This item was withdrawn" : `${slotIds.length} items were withdrawn`,
    description: "It needs no review any more. Here is the next one.",
  });
}

async function reveal(
  api: ReviewApi,
  held: HeldItem,
  dispatch: (event: ReviewEvent) => void,
  show: Show,
): Promise<void> {
  const slotId = held.item.slot_id;
  const drafted = answerFromDraft(held.item.form.definition, held.draft);
  if (!drafted.ok) {
    dispatch({ type: "refused", problems: drafted.problems, firstField: drafted.firstField });
    return;
  }
  dispatch({ type: "revealing", slotId });
  try {
    dispatch({
      type: "revealed",
      slotId,
      revealed: await api.reveal(held.item, held.item.form.id, drafted.answer),
    });
  } catch (error) {
    dispatch({ type: "reveal-failed", slotId });
    const problem = error instanceof ApiProblem ? error : null;
    if (problem?.reason === "lease_lost") dispatch({ type: "lost", slotIds: [slotId] });
    else if (problem?.reason === "item_gone") withdraw([slotId], dispatch, show);
    else if (problem?.reason === "answer_invalid")
      dispatch({ type: "refused", problems: problem.fields, firstField: 0 });
    else
      show({ kind: "problem", title: "The output could not be shown", description: problemSentence(error) });
  }
}
