"use client";

import { useCallback, useEffect, useMemo, useRef } from "react";
import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import { type KeptDraft, keepDrafts, keptDraft, readKeptDrafts } from "./kept-draft";
import type { ReviewApi } from "./review-api";
import { type Failure, hasWork, type ReviewEvent, type ReviewState } from "./review-state";

/** With nothing to do the queue is asked this often; after a failure, and else for the numbers above the item. */
const ASK_AGAIN_MS = 15_000;
const FAILED_AGAIN_MS = 4_000;
const COUNT_AGAIN_MS = 60_000;
/** One item on the screen and two ahead: what can be answered when the connection goes. */
const HELD = 3;

export interface ClaimOptions {
  /** This tab is the one that works. */
  active: boolean;
  /** No decision is on its way; until then the queue still counts its item as open. */
  saved: boolean;
  draftName: string;
  /** Something was decided under this lease in an earlier visit. */
  isDecided: (leaseToken: string) => boolean;
  /** Something had been entered for an item that somebody else has now. */
  onDraftLost: () => void;
}

/** Always one item on the screen and some ahead, first those that were begun before; asks again from time to time when there was none. */
export function useClaims(
  api: ReviewApi,
  state: ReviewState,
  dispatch: (event: ReviewEvent) => void,
  options: ClaimOptions,
): () => void {
  const { active, saved, draftName } = options;
  const drafts = useDrafts(state.held, active, draftName);
  const counted = options.saved ? state.decided : null;
  const latest = useRef({ ...options, counted });
  useEffect(() => {
    latest.current = { ...options, counted };
  });
  const busy = useRef(false);
  const claim = useCallback(
    async (prefetch: boolean) => {
      if (busy.current) return;
      busy.current = true;
      dispatch({ type: "claiming" });
      const asked = latest.current.counted;
      const kept = drafts.next(latest.current.isDecided);
      try {
        const resume = kept ? { slot_id: kept.slotId, lease_token: kept.leaseToken } : undefined;
        const { item, queue } = await api.claim(prefetch && !kept, resume);
        const same = kept !== undefined && item?.slot_id === kept.slotId;
        if (kept && !same) latest.current.onDraftLost();
        // What comes to a tab that another one took over runs out by itself.
        if (!latest.current.active) dispatch({ type: "left" });
        else if (item) dispatch({ type: "claimed", item, entered: same ? kept.entered : {} });
        else if (queue) dispatch({ type: "nothing", queue, counted: asked });
      } catch (error) {
        if (kept) drafts.again(kept);
        dispatch({ type: "failed", failure: failureOf(error) });
      }
      busy.current = false;
    },
    [api, dispatch, drafts],
  );

  const room = active && state.held.length < HELD && !state.failure && !state.claiming;
  const more = !state.exhausted;
  const prefetch = state.held.length > 0;
  useEffect(() => {
    // What this person holds already is no longer in the queue.
    if (room && (more || drafts.any(latest.current.isDecided))) void claim(prefetch);
  }, [room, more, prefetch, claim, drafts]);

  const idle = state.held.length === 0 && state.exhausted;
  const everyMs = state.failure ? FAILED_AGAIN_MS : idle ? ASK_AGAIN_MS : COUNT_AGAIN_MS;
  const failed = state.failure !== null;
  useQuestions(
    api,
    { saved: saved && active, now: idle || failed, everyMs, decided: state.decided },
    dispatch,
  );
  return useCallback(() => void claim(false), [claim]);
}

/** What was entered for items in hand: written at every change, read once by the tab that goes on. */
function useDrafts(held: ReviewState["held"], active: boolean, keptAs: string) {
  const drafts = useMemo(() => unreadDrafts(keptAs), [keptAs]);
  useEffect(() => {
    if (!active) drafts.forget();
  }, [active, drafts]);
  const begun = useMemo(() => held.filter((each) => hasWork(each)).map(keptDraft), [held]);
  useEffect(() => {
    // Until it has been read, what an earlier visit kept stays.
    const unread = drafts.unread();
    if (!active || unread === null) return;
    const known = new Set(begun.map((each) => each.slotId));
    keepDrafts(localStorage, keptAs, [...begun, ...unread.filter((each) => !known.has(each.slotId))]);
  }, [active, begun, drafts, keptAs]);
  return drafts;
}

/** What an earlier visit, or another tab, has left and this one has not gone on with yet. */
function unreadDrafts(keptAs: string) {
  let unread: KeptDraft[] | null = null;
  const left = (isDecided: ClaimOptions["isDecided"]) => {
    unread = (unread ?? readKeptDrafts(localStorage, keptAs)).filter((each) => !isDecided(each.leaseToken));
    return unread;
  };
  return {
    unread: () => unread,
    forget: () => {
      unread = null;
    },
    any: (isDecided: ClaimOptions["isDecided"]) => left(isDecided).length > 0,
    next: (isDecided: ClaimOptions["isDecided"]) => left(isDecided).shift(),
    again: (kept: KeptDraft) => void unread?.unshift(kept),
  };
}

function useQuestions(
  api: ReviewApi,
  /** `now`: something is missing, so that nothing is waited for. */
  asked: { saved: boolean; now: boolean; everyMs: number; decided: number },
  dispatch: (event: ReviewEvent) => void,
): void {
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
  });
  const ask = useCallback(() => {
    const { saved, decided } = latest.current;
    // What is on its way is in neither count.
    if (document.visibilityState === "hidden" || !saved) return;
    api.queue().then(
      (queue) => dispatch({ type: "queue", queue, counted: decided }),
      (error: unknown) => dispatch({ type: "failed", failure: failureOf(error) }),
    );
  }, [api, dispatch]);

  const { everyMs, now, saved } = asked;
  useEffect(() => {
    if (now && saved) ask();
  }, [now, saved, ask]);
  useEffect(() => {
    const signs = ["focus", "online"] as const;
    const timer = setInterval(ask, everyMs);
    for (const sign of signs) window.addEventListener(sign, ask);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, ask);
    };
  }, [everyMs, ask]);
}

function failureOf(error: unknown): Failure {
  const problem = error instanceof ApiProblem ? error : null;
  const kinds: Record<number, Failure["kind"]> = {
    0: "offline",
    401: "signed_out",
    403: "not_reviewer",
    404: "not_reviewer",
  };
  return {
    // What is no answer of the server is a request that took too long.
    kind: kinds[problem?.status ?? 0] ?? "other",
    sentence: problemSentence(error),
    reference: problem?.requestId,
  };
}
