"use client";

import { useCallback, useEffect, useRef } from "react";
import type { ReviewApi } from "./review-api";
import { type HeldItem, hasWork } from "./review-state";

const BEAT_MS = 45_000;
/** Of one question; ten that were taken back and those ahead fit in. */
const MOST_LEASES = 16;
/** After this long without a sign of life the items are left to run out, for others. */
const AWAY_MS = 10 * 60_000;

/** Keeps what is held alive while somebody works, reports what was lost, and gives back what was not begun when the page goes away. */
export function useLeases(
  api: ReviewApi,
  held: readonly HeldItem[],
  idleFor: () => number,
  tell: Record<"onLost" | "onWithdrawn", (slotIds: readonly string[]) => void>,
): void {
  const current = useRef({ held, ...tell });
  useEffect(() => {
    current.current = { held, ...tell };
  });

  const renew = useCallback(async () => {
    const asked = leasesOf(current.current.held);
    if (asked.length === 0) return;
    try {
      const { leases } = await api.heartbeat(asked);
      // What was decided while the question was under way is done, not lost.
      const still = new Set(current.current.held.map((each) => each.item.slot_id));
      const ended = leases.filter((each) => each.seconds_left === null && still.has(each.slot_id));
      const slots = (withdrawn: boolean) =>
        ended.filter((each) => each.withdrawn === withdrawn).map((each) => each.slot_id);
      if (slots(false).length > 0) current.current.onLost(slots(false));
      if (slots(true).length > 0) current.current.onWithdrawn(slots(true));
    } catch {
      // The lease outlives a few missed beats; the next one tells.
    }
  }, [api]);

  const onScreen = held[0]?.item.slot_id;
  useEffect(() => {
    if (onScreen) void renew();
  }, [onScreen, renew]);

  useBeats(renew, idleFor);
  useEffect(() => {
    const leave = () => {
      // What was begun stays reserved for a while: after a reload it goes on.
      const leases = current.current.held
        .filter((each) => !each.lost && !hasWork(each))
        .slice(0, MOST_LEASES);
      if (leases.length > 0)
        api.release(leases.map(({ item }) => ({ slot_id: item.slot_id, lease_token: item.lease_token })));
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [api]);
}

function useBeats(renew: () => Promise<void>, idleFor: () => number): void {
  useEffect(() => {
    const visible = () => document.visibilityState === "visible";
    const beat = () => {
      if (visible() && idleFor() < AWAY_MS) void renew();
    };
    const back = () => {
      if (visible()) void renew();
    };
    const timer = setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", back);
    window.addEventListener("pageshow", back);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("pageshow", back);
    };
  }, [renew, idleFor]);
}

function leasesOf(held: readonly HeldItem[]) {
  return held
    .filter((each) => !each.lost)
    .slice(0, MOST_LEASES)
    .map(({ item }, index) => ({
      slot_id: item.slot_id,
      lease_token: item.lease_token,
      shown: index === 0 || item.revealed !== null,
    }));
}
