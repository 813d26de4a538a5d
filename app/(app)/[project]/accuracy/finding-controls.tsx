"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";

import { DayField } from "@/components/form/day-field";
import { cn } from "@/components/ui/class-names";
import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";

import { COMPARED, type Days, SEARCHES, viewState } from "./view-state";

function useView() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(viewState, { shallow: false, scroll: false, startTransition });
  return { view, setView, pending };
}

/** The days in which worst segments are searched. */
export function SearchControl() {
  const { view, setView, pending } = useView();
  return (
    <div aria-busy={pending} className={pending ? "opacity-60" : undefined}>
      <Segmented
        label="Days searched"
        value={view.search}
        onChange={(next) => setView({ search: SEARCHES.find((each) => each === next) ?? null })}
        options={[
          { value: "30d", label: "30 days" },
          { value: "90d", label: "90 days" },
          { value: "all", label: "All" },
        ]}
      />
    </div>
  );
}

/** What the range is compared with, and by which attribute the difference is split. */
export function SplitControl({ attributes, current }: { attributes: readonly string[]; current: string }) {
  const { view, setView, pending } = useView();
  return (
    <div aria-busy={pending} className={pending ? "flex flex-wrap gap-2 opacity-60" : "flex flex-wrap gap-2"}>
      <Segmented
        label="Compared with"
        value={view.against}
        onChange={(next) => setView({ against: COMPARED.find((each) => each === next) ?? null })}
        options={[
          { value: "pilot", label: "Pilot" },
          { value: "previous", label: "Period before" },
          { value: "days", label: "Chosen days" },
        ]}
      />
      {attributes.length > 1 ? (
        <Select
          aria-label="Attribute that divides the traffic"
          className="w-40"
          value={current}
          options={attributes.map((each) => ({ value: each, label: `By ${each}` }))}
          onChange={(event) => setView({ split: event.target.value })}
        />
      ) : null}
    </div>
  );
}

/** Two periods of one's own choice; a change takes effect at once where its days are in order. */
export function ChosenDays({ later, earlier }: { later: Days; earlier: Days }) {
  const { setView, pending } = useView();
  const set = (name: "later" | "earlier", days: Days) =>
    // A first day after the last one moves the last one along.
    setView({ [name]: days.from <= days.to ? days : { from: days.from, to: days.from } });
  return (
    <div
      aria-busy={pending}
      className={cn("flex flex-wrap gap-x-6 gap-y-3 px-4 pb-4", pending && "opacity-60")}
    >
      <Period name="These days" days={later} onDays={(days) => set("later", days)} />
      <Period name="Compared with" days={earlier} onDays={(days) => set("earlier", days)} />
    </div>
  );
}

function Period({ name, days, onDays }: { name: string; days: Days; onDays: (days: Days) => void }) {
  return (
    <fieldset className="flex flex-wrap items-end gap-2">
      <legend className="sr-only">{name}</legend>
      <DayField
        label={`${name}, from`}
        value={days.from}
        onDay={(from) => from && onDays({ ...days, from })}
      />
      <DayField label="to" value={days.to} onDay={(to) => to && to >= days.from && onDays({ ...days, to })} />
    </fieldset>
  );
}
