"use client";

import { Search, SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";

import { DayField } from "@/components/form/day-field";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { OutputQuery } from "@/lib/output/schema";

import { filterChips, hasFilter, STATE_OPTIONS, withFilter } from "./output-address";

export interface FilterChoices {
  segments: readonly { attribute: string; value: string }[];
  versions: readonly string[];
  flags: readonly string[];
}

const VERDICTS = [
  { value: "correct", label: "Correct" },
  { value: "incorrect", label: "Incorrect" },
  { value: "cannot_judge", label: "Cannot judge" },
];
const PHASES = [
  { value: "production", label: "Production" },
  { value: "pilot", label: "Pilot" },
];

interface OutputFiltersProps {
  query: OutputQuery;
  choices: FilterChoices;
  onChange: (query: Partial<OutputQuery>) => void;
}

/** What is listed: each choice takes effect at once and becomes part of the address. On phones the choices fold away. */
export function OutputFilters({ query, choices, onChange }: OutputFiltersProps) {
  const [open, setOpen] = useState(false);
  const chips = filterChips(query);
  const set = (filter: Partial<OutputQuery>) => onChange(withFilter(query, filter));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        <IdSearch key={query.id} value={query.id} onSearch={(id) => set({ id })} />
        <Button
          className="h-9 md:hidden"
          aria-expanded={open}
          aria-controls="output-filters"
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden="true" />
          Filters{chips.length > 0 ? ` (${chips.length})` : ""}
        </Button>
      </div>
      <div
        id="output-filters"
        className={cn(
          "grid-cols-2 gap-x-3 gap-y-2.5 md:grid md:grid-cols-4 xl:grid-cols-8",
          open ? "grid" : "hidden",
        )}
      >
        <DayField label="From" value={query.from} onDay={(from) => set({ from })} />
        <DayField label="To" value={query.to} onDay={(to) => set({ to })} />
        <Choice
          label="Segment"
          value=""
          any={query.segment?.length ? "Add a segment" : "Any"}
          options={choices.segments
            .map(({ attribute, value }) => ({
              value: `${attribute}=${value}`,
              label: `${attribute} = ${value || "(empty)"}`,
            }))
            .filter(({ value }) => !query.segment?.includes(value))}
          onChoose={(segment) => {
            if (segment) set({ segment: [...(query.segment ?? []), segment].slice(-5) });
          }}
        />
        <Choice
          label="Review"
          value={query.state}
          options={STATE_OPTIONS}
          onChoose={(state) => set({ state: state as OutputQuery["state"], reviewed: undefined })}
        />
        <Choice
          label="Verdict"
          value={query.verdict}
          options={VERDICTS}
          onChoose={(verdict) => set({ verdict: verdict as OutputQuery["verdict"] })}
        />
        <Choice
          label="Version"
          value={query.version}
          options={choices.versions.map((each) => ({ value: each, label: each }))}
          onChoose={(version) => set({ version })}
        />
        <Choice
          label="Flags"
          value={query.flag}
          options={[
            { value: "yes", label: "Flagged" },
            { value: "no", label: "Not flagged" },
            ...choices.flags.map((each) => ({
              value: each,
              label: `Flagged: ${each.replaceAll("_", " ").toLowerCase()}`,
            })),
          ]}
          onChoose={(flag) => set({ flag })}
        />
        <Choice
          label="Phase"
          value={query.phase}
          options={PHASES}
          onChoose={(phase) => set({ phase: phase as OutputQuery["phase"] })}
        />
      </div>
      {hasFilter(query) ? (
        <ul aria-label="Filters in use" className="flex flex-wrap items-center gap-1.5">
          {chips.map((chip) => (
            <li key={chip.key}>
              <button
                type="button"
                aria-label={`Remove filter: ${chip.text}`}
                onClick={() => onChange(chip.without)}
                className="inline-flex h-7 max-w-72 items-center gap-1 rounded-md bg-accent-soft px-2 text-xs font-medium text-accent-ink hover:brightness-97 [&_svg]:size-3.5"
              >
                <span className="truncate">{chip.text}</span>
                <X aria-hidden="true" className="shrink-0" />
              </button>
            </li>
          ))}
          <li>
            <Button
              variant="ghost"
              size="sm"
              onClick={() => onChange({ sort: query.sort, limit: query.limit })}
            >
              Clear all
            </Button>
          </li>
        </ul>
      ) : null}
    </div>
  );
}

function IdSearch({
  value,
  onSearch,
}: {
  value: string | undefined;
  onSearch: (id: string | undefined) => void;
}) {
  return (
    <form
      role="search"
      className="relative min-w-0 flex-1 md:max-w-md"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(String(new FormData(event.currentTarget).get("id") ?? "").trim() || undefined);
      }}
    >
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-subtle"
      />
      <Input
        name="id"
        type="search"
        aria-label="Beginning of the sender's id"
        placeholder="Find by the sender's id, then Enter"
        defaultValue={value ?? ""}
        maxLength={200}
        autoComplete="off"
        className="pl-8"
      />
    </form>
  );
}

function Choice({
  label,
  value,
  any = "Any",
  options,
  onChoose,
}: {
  label: string;
  value: string | undefined;
  any?: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
}) {
  // An address may name what no output of this project carries (any more): it is still shown as chosen.
  const known = !value || options.some((option) => option.value === value);
  return (
    <Field label={label}>
      <Select
        value={value ?? ""}
        options={[{ value: "", label: any }, ...(known ? [] : [{ value, label: value }]), ...options]}
        onChange={(event) => onChoose(event.target.value || undefined)}
      />
    </Field>
  );
}
