"use client";

import { useMemo, useReducer } from "react";
import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { QueueName, ReviewQueueStatus } from "@/lib/review/wire-schema";
import { answerFromDraft } from "./answer-draft";
import { answerEntry, type Reason, reasonEntry } from "./decision";
import { newKey, type OutboxEntry } from "./outbox";
import { type ReviewApi, reviewApi } from "./review-api";
import { type HeldItem, initialState, type ReviewEvent, reviewReducer } from "./review-state";
import { useActiveTime } from "./use-active-time";
import { useClaims } from "./use-claims";
import { useLeases } from "./use-leases";
import { useOutbox } from "./use-outbox";

type Show = ReturnType<typeof useToast>["show"];

/** One reviewer's sitting: claims, fetches ahead, reveals, sends, takes back. The rules are in the reducer. */
export function useReviewSession(options: {
  slug: string;
  owner: string;
  queueName: QueueName;
  queue: ReviewQueueStatus;
}) {
  const { slug, owner, queueName } = options;
  const api = useMemo(() => reviewApi(slug, queueName), [slug, queueName]);
  const [state, dispatch] = useReducer(reviewReducer, options.queue, initialState);
  const { show } = useToast();
  const active = useActiveTime();
  const outbox = useSending(api, owner, slug, show);
  useLeases(api, state.held, active.idleFor, (slotIds) => dispatch({ type: "lost", slotIds }));
  const draftName = `assay-review-draft:${owner}:${slug}${queueName === "review" ? "" : `:${queueName}`}`;
  const retry = useClaims(api, state, outbox.waiting === 0, dispatch, draftName);

  const current = state.held[0];
  const made = () => ({ key: newKey(), at: Date.now(), activeMs: active.take() });
  const decide = (entry: OutboxEntry, outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED") => {
    if (!current) return;
    outbox.add(entry);
    dispatch({ type: "decided", slotId: current.item.slot_id, outcome });
  };

  return {
    state,
    dispatch,
    outbox,
    retry,
    reveal: async () => {
      if (current && !current.item.revealed && !state.revealing) await reveal(api, current, dispatch, show);
    },
    /** Sends the decision on the screen; false when something is missing. */
    submit: (): boolean => {
      const entry = current && answerEntry(current, made());
      if (entry) decide(entry, "ANSWERED");
      return Boolean(entry);
    },
    giveReason: (reason: Reason) => {
      if (current) decide(reasonEntry(current, reason, made()), reason.outcome);
    },
    undo: async (which: "last" | "deferred" = "last") => {
      if (!(await outbox.flush())) {
        show({ kind: "problem", title: "Undo works again once your reviews are saved." });
        return;
      }
      try {
        dispatch({ type: "undone", undone: await api.undo(newKey(), which) });
        active.take();
      } catch (error) {
        show({ kind: "problem", title: problemSentence(error) });
      }
    },
    drop: () => {
      if (current) dispatch({ type: "dropped", slotId: current.item.slot_id });
    },
  };
}

function useSending(api: ReviewApi, owner: string, project: string, show: Show) {
  return useOutbox({
    owner,
    project,
    send: api.send,
    onSaved: (saved) => {
      if (!saved.primary && !saved.repeated)
        show({ title: "Kept as an extra opinion", description: "Somebody else had taken over this item." });
    },
    onRefused: (sentence) =>
      show({ kind: "problem", title: "One of your reviews was not taken", description: sentence }),
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
    dispatch({ type: "revealed", slotId, revealed: await api.reveal(held.item, drafted.answer) });
  } catch (error) {
    dispatch({ type: "reveal-failed", slotId });
    const problem = error instanceof ApiProblem ? error : null;
    if (problem?.reason === "lease_lost") dispatch({ type: "lost", slotIds: [slotId] });
    else if (problem?.reason === "answer_invalid")
      dispatch({ type: "refused", problems: problem.fields, firstField: 0 });
    else
      show({ kind: "problem", title: "The output could not be shown", description: problemSentence(error) });
  }
}
