import { Check, Minus } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/class-names";
import type { StartStep } from "@/lib/start/schema";

export interface ShownStep {
  step: StartStep;
  title: string;
  /** What it brings, or how far it is, in one line. */
  note: string;
  state: "done" | "left out" | "to do";
}

/** The steps in their order; one is open, and every other one is a press away, done or not. */
export function StepList({
  slug,
  steps,
  open,
  children,
}: {
  slug: string;
  steps: readonly ShownStep[];
  open: StartStep;
  /** What is in the open step. */
  children: ReactNode;
}) {
  return (
    <ol className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface">
      {steps.map(({ step, title, note, state }, index) => {
        const isOpen = step === open;
        return (
          <li key={step} className="not-last:border-b not-last:border-line">
            <Link
              href={`/${slug}/start?step=${step}` as Route}
              prefetch={false}
              scroll={false}
              aria-current={isOpen ? "step" : undefined}
              className="flex items-start gap-3 px-4 py-3 hover:bg-hover"
            >
              <Mark state={state} open={isOpen} number={index + 1} />
              <span className="min-w-0 flex-1">
                <span
                  className={cn(
                    "block text-base",
                    isOpen ? "font-semibold text-ink" : state === "to do" ? "text-ink" : "text-muted",
                  )}
                >
                  {title}
                  <span className="sr-only"> ({state})</span>
                </span>
                <span className="block text-sm text-subtle">{note}</span>
              </span>
            </Link>
            {isOpen ? <div className="flex flex-col gap-4 px-4 pb-5 sm:pl-13">{children}</div> : null}
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ state, open, number }: { state: ShownStep["state"]; open: boolean; number: number }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "mt-0.5 grid size-6 shrink-0 place-items-center rounded-full border text-xs font-medium tabular",
        state === "done"
          ? "border-good-line bg-good-soft text-good-ink"
          : open
            ? "border-transparent bg-accent text-on-accent"
            : "border-line-strong text-subtle",
      )}
    >
      {state === "done" ? (
        <Check className="size-3.5" />
      ) : state === "left out" && !open ? (
        <Minus className="size-3.5" />
      ) : (
        number
      )}
    </span>
  );
}
