import { ArrowRight, CircleCheck, CircleDashed, Flag, Rows3, UserCheck, Wrench } from "lucide-react";

import { TextLink } from "@/components/ui/button";
import type { IncidentStep } from "@/components/incident/next-steps";

const ICON = {
  recovered: CircleCheck,
  recovery: CircleDashed,
  acknowledge: UserCheck,
  release: Flag,
  outputs: Rows3,
  fix: Wrench,
} as const;

/** The next steps as a list; those that are a place on this page or another are links. */
export function WhatToDo({
  steps,
  hrefs,
}: {
  steps: readonly IncidentStep[];
  hrefs: Readonly<Partial<Record<IncidentStep["key"], string>>>;
}) {
  return (
    <ol className="flex flex-col gap-3.5">
      {steps.map((step) => {
        const Icon = ICON[step.key];
        const href = hrefs[step.key];
        return (
          <li key={step.key} className="flex gap-2.5">
            <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />
            <div className="min-w-0 text-sm">
              <p className="font-medium text-ink text-pretty">
                {href ? (
                  <TextLink href={href}>
                    {step.title}
                    <ArrowRight aria-hidden="true" className="ml-1 inline size-3.5" />
                  </TextLink>
                ) : (
                  step.title
                )}
              </p>
              <p className="text-muted text-pretty">{step.reason}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
