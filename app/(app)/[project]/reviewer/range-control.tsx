"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";

import { Segmented } from "@/components/ui/segmented";

import { PEOPLE_RANGES, peopleState } from "./view-state";

const LABELS = { "4w": "4 weeks", "3m": "3 months", "1y": "1 year" } as const;

/** The days whose reviews are looked at. */
export function RangeControl() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(peopleState, { shallow: false, scroll: false, startTransition });
  return (
    <div aria-busy={pending} className={pending ? "opacity-60" : undefined}>
      <Segmented
        label="Range"
        value={view.range}
        onChange={(next) => setView({ range: PEOPLE_RANGES.find((each) => each === next) ?? null })}
        options={PEOPLE_RANGES.map((range) => ({ value: range, label: LABELS[range] }))}
      />
    </div>
  );
}
