"use client";

import { useEffect, useMemo, useState } from "react";

/** `asking`: not known yet. */
export type TabRole = "asking" | "here" | "elsewhere";

/** A page that is going away gives its place up a moment later than the next one asks for it. */
const SECOND_TRY_MS = 250;

/**
 * Of several tabs of this browser only one works under a name: it claims and sends. Where the browser knows no locks (plain http)
 * every tab works, and the server's keys alone keep apart what they send.
 */
export function useOnlyTab(name: string): { role: TabRole; take: () => void } {
  const [role, setRole] = useState<TabRole>("asking");
  const place = useMemo(() => tabPlace(name, setRole), [name]);

  useEffect(() => {
    const leave = () => {
      place.leave();
      setRole("asking");
    };
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) void place.enter();
    };
    void place.enter();
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", back);
    return () => {
      leave();
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
    };
  }, [place]);

  useEffect(() => {
    if (role !== "elsewhere") return;
    // The other tab may be closed by now.
    const again = () => {
      if (document.visibilityState === "visible") void place.ask({ ifAvailable: true });
    };
    document.addEventListener("visibilitychange", again);
    return () => document.removeEventListener("visibilitychange", again);
  }, [role, place]);

  return { role, take: () => void place.ask({ steal: true }) };
}

/** The one place that tabs can have, as a lock of the browser: it ends with the tab that has it, however that ends. */
function tabPlace(name: string, tell: (role: TabRole) => void) {
  let release = () => {};
  /** Of a page that was left and came back only what was asked last counts. */
  let visit = 0;

  async function ask(options: LockOptions): Promise<boolean> {
    const mine = visit;
    const locks = (navigator as { locks?: LockManager }).locks;
    if (!locks) {
      tell("here");
      return true;
    }
    return await new Promise<boolean>((answer) => {
      const hold = async (lock: Lock | null) => {
        const had = lock !== null && mine === visit;
        answer(had);
        if (!had) return;
        tell("here");
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      };
      locks.request(name, options, hold).catch(() => {
        // Another tab took it over, or the browser refuses.
        if (mine === visit) tell("elsewhere");
        answer(false);
      });
    });
  }

  return {
    ask,
    async enter() {
      const mine = visit;
      if (await ask({ ifAvailable: true })) return;
      await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
      if (mine === visit && !(await ask({ ifAvailable: true })) && mine === visit) tell("elsewhere");
    },
    leave() {
      visit += 1;
      release();
    },
  };
}
