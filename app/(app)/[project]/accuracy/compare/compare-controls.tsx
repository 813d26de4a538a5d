"use client";

import { ArrowLeftRight } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useTransition } from "react";

import { RANGES } from "@/app/(app)/[project]/accuracy/view-state";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";

import { compareState } from "./compare-state";

const RANGE_LABELS = {
  "4w": "4 weeks",
  "3m": "3 months",
  "6m": "6 months",
  "1y": "1 year",
  all: "All",
} as const;

/** Which two versions, in which days. */
export function CompareControls({
  options,
  chosen,
}: {
  options: readonly { value: string; label: string }[];
  chosen: { earlier: string; later: string };
}) {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(compareState, { shallow: false, scroll: false, startTransition });
  const choose = (name: "earlier" | "later", version: string) => {
    const other = name === "earlier" ? "later" : "earlier";
    // The version of the other side changes places with it.
    void setView({
      ...chosen,
      [name]: version,
      ...(chosen[other] === version ? { [other]: chosen[name] } : {}),
    });
  };
  const known = [...options];
  for (const version of [chosen.earlier, chosen.later])
    if (!known.some(({ value }) => value === version)) known.push({ value: version, label: version });
  return (
    <div
      aria-busy={pending}
      className={cn("mb-4 flex flex-wrap items-end gap-x-3 gap-y-3", pending && "opacity-60")}
    >
      <Field label="Version">
        <Select
          className="w-72 max-w-full"
          value={chosen.earlier}
          options={known}
          onChange={(event) => choose("earlier", event.target.value)}
        />
      </Field>
      <Button
        size="icon"
        variant="ghost"
        aria-label="Change places"
        title="Change places"
        onClick={() => setView({ earlier: chosen.later, later: chosen.earlier })}
      >
        <ArrowLeftRight aria-hidden="true" />
      </Button>
      <Field label="Compared with it">
        <Select
          className="w-72 max-w-full"
          value={chosen.later}
          options={known}
          onChange={(event) => choose("later", event.target.value)}
        />
      </Field>
      <Segmented
        label="Range"
        value={view.range}
        onChange={(range) => setView({ range: RANGES.find((each) => each === range) ?? null })}
        options={RANGES.map((range) => ({ value: range, label: RANGE_LABELS[range] }))}
      />
    </div>
  );
}

/** The attribute by which traffic is made alike. */
export function AttributeControl({
  attributes,
  current,
}: {
  attributes: readonly string[];
  current: string;
}) {
  const [pending, startTransition] = useTransition();
  const [, setView] = useQueryStates(compareState, { shallow: false, scroll: false, startTransition });
  if (attributes.length < 2) return null;
  return (
    <div aria-busy={pending} className={pending ? "opacity-60" : undefined}>
      <Select
        aria-label="Attribute that divides the traffic"
        className="w-44"
        value={current}
        options={attributes.map((each) => ({ value: each, label: `By ${each}` }))}
        onChange={(event) => setView({ attribute: event.target.value })}
      />
    </div>
  );
}
