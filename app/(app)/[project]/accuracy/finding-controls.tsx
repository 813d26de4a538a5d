"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";

import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/tabs";

import { COMPARED, SEARCHES, viewState } from "./view-state";

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
