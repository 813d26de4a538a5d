"use client";

import { useCallback, useEffect, useRef } from "react";
import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import { keepDraft, readKeptDraft } from "./kept-draft";
import type { ReviewApi } from "./review-api";
import { type Failure, hasWork, type ReviewEvent, type ReviewState } from "./review-state";

/** With nothing to do, and after a failure, the queue is asked this often; else for the numbers above the item. */
const ASK_AGAIN_MS = 15_000;
const COUNT_AGAIN_MS = 60_000;

/**
 * Always one item on the screen and one ahead; asks again from time to time when there was none. `saved`: no decision is on its
 * way; until then the queue still counts its item as open.
 */
export function useClaims(
  api: ReviewApi,
  state: ReviewState,
  saved: boolean,
  dispatch: (event: ReviewEvent) => void,
  draftName: string,
): () => void {
  const busy = useRef(false);
  const claim = useCallback(
    async (prefetch: boolean) => {
      if (busy.current) return;
      busy.current = true;
      dispatch({ type: "claiming" });
      try {
        const kept = prefetch ? null : readKeptDraft(sessionStorage, draftName);
        const resume = kept ? { slot_id: kept.slotId, lease_token: kept.leaseToken } : undefined;
        const { item, queue } = await api.claim(prefetch, resume);
        if (item) dispatch({ type: "claimed", item, draft: kept?.slotId === item.slot_id ? kept.draft : {} });
        else if (queue) dispatch({ type: "nothing", queue });
      } catch (error) {
        dispatch({ type: "failed", failure: failureOf(error) });
      }
      busy.current = false;
    },
    [api, dispatch, draftName],
  );

  const onScreen = state.held[0];
  const touched = onScreen !== undefined && !onScreen.lost && hasWork(onScreen) ? onScreen : null;
  const some = onScreen !== undefined;
  const started = useRef(false);
  useEffect(() => {
    // The first claim still needs what an earlier visit kept.
    if (some) started.current = true;
    if (!started.current) return;
    const kept = touched && {
      slotId: touched.item.slot_id,
      leaseToken: touched.item.lease_token,
      draft: touched.draft,
    };
    keepDraft(sessionStorage, draftName, kept);
  }, [some, touched, draftName]);

  const wanted = state.held.length < 2 && !state.exhausted && !state.failure && !state.claiming;
  const prefetch = state.held.length > 0;
  useEffect(() => {
    if (wanted) void claim(prefetch);
  }, [wanted, prefetch, claim]);

  const idle = state.held.length === 0 && state.exhausted;
  const everyMs = idle || state.failure ? ASK_AGAIN_MS : COUNT_AGAIN_MS;
  useQuestions(api, { saved, idle, everyMs, decided: state.decided }, dispatch);
  return useCallback(() => void claim(false), [claim]);
}

function useQuestions(
  api: ReviewApi,
  now: { saved: boolean; idle: boolean; everyMs: number; decided: number },
  dispatch: (event: ReviewEvent) => void,
): void {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
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

  const { everyMs, idle, saved } = now;
  useEffect(() => {
    if (idle && saved) ask();
  }, [idle, saved, ask]);
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
