import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";

export interface SetupStep {
  title: string;
  done: boolean;
  /** What it brings or how far it is, in one line. */
  note: string;
  /** How to do it: shown for the first step that is not done. */
  how: ReactNode;
}

/** What a project still lacks before it has a number; each step turns green by itself. */
export function SetupSteps({ steps, actions }: { steps: readonly SetupStep[]; actions?: ReactNode }) {
  const current = steps.findIndex((step) => !step.done);
  const left = steps.filter((step) => !step.done).length;
  return (
    <Card
      title="From nothing to the first number"
      actions={actions}
      description={
        left === 1 ? "One step left." : `${left} steps left. This page notices by itself when one is done.`
      }
    >
      <ol className="flex flex-col">
        {steps.map((step, index) => (
          <li key={step.title} className="flex gap-3 not-last:pb-4">
            <Mark done={step.done} current={index === current} number={index + 1} />
            <div className="min-w-0 flex-1 pt-0.5">
              <p
                className={cn(
                  "text-sm",
                  step.done || index !== current ? "text-muted" : "font-medium text-ink",
                )}
              >
                {step.title}
                <span className="sr-only">{step.done ? " (done)" : " (to do)"}</span>
              </p>
              <p className="text-xs text-subtle">{step.note}</p>
              {index === current ? <div className="mt-2.5">{step.how}</div> : null}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Mark({ done, current, number }: { done: boolean; current: boolean; number: number }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid size-6 shrink-0 place-items-center rounded-full border text-xs font-medium tabular",
        done
          ? "border-good-line bg-good-soft text-good-ink"
          : current
            ? "border-transparent bg-accent text-on-accent"
            : "border-line-strong text-subtle",
      )}
    >
      {done ? <Check className="size-3.5" /> : number}
    </span>
  );
}
