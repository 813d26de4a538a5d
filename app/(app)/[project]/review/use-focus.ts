"use client";

import { useEffect, useRef } from "react";
import type { ReviewEvent } from "./review-state";

export type FocusTargets = ReturnType<typeof useFocusTargets>;

/** Where the focus can go. */
export function useFocusTargets() {
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const verdict = useRef<HTMLDivElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const comment = useRef<HTMLTextAreaElement>(null);
  return {
    heading,
    form,
    verdict,
    reason,
    comment,
    field: (index: number, dispatch: (event: ReviewEvent) => void) => {
      dispatch({ type: "active", index });
      const block = form.current?.querySelectorAll<HTMLElement>("[data-field]")[index];
      const control =
        block?.querySelector<HTMLElement>("input:checked") ??
        block?.querySelector<HTMLElement>("input, textarea");
      control?.focus();
    },
    /** Whether the focus is in the questions; before, the first key goes there. */
    inForm: () => form.current?.contains(document.activeElement) ?? false,
    /** What is wrong with the output, or what it should have been. */
    remark: (part: "tags" | "correction") => {
      const block = document.querySelector<HTMLElement>(`[data-remark="${part}"]`);
      const control = block?.querySelector<HTMLElement>("button[aria-pressed], input, textarea") ?? block;
      control?.focus();
    },
    /** To what submits, one press away. */
    button: () => document.querySelector<HTMLElement>("[data-main-action]")?.focus(),
    /** From a text back to what it is about. */
    back: () => (verdict.current ?? heading.current)?.focus({ preventScroll: true }),
  };
}

/** A new item: the focus goes to its heading, so that it is read out from its beginning; then to the verdict. */
/* Typing begins one key later: Enter or an arrow goes into the first question. */
export function useFocusOnNext(slotId: string | undefined, phase: string, focus: FocusTargets): void {
  const { heading, verdict } = focus;
  useEffect(() => {
    if (!slotId || phase === "loading") return;
    if (phase === "revealed") {
      verdict.current?.focus({ preventScroll: true });
      if (window.matchMedia("(width < 64rem)").matches)
        verdict.current?.scrollIntoView({ behavior: "smooth" });
      return;
    }
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [slotId, phase, heading, verdict]);
}

export function useFocusOnReason(
  overrule: string | null,
  computed: string | null,
  focus: FocusTargets,
): void {
  const { reason } = focus;
  useEffect(() => {
    if (overrule !== null && computed !== null && overrule !== computed) reason.current?.focus();
  }, [overrule, computed, reason]);
}
