"use client";

import { CircleAlert, ListFilter, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { SuggestInput } from "@/components/form/suggest-input";
import { Button } from "@/components/ui/button";
import { type FilterProblem, parseFilter } from "@/lib/output/parse-filter";
import { printFilter } from "@/lib/output/print-filter";
import type { OutputFilter } from "@/lib/output/schema";
import {
  attributesOf,
  type FilterOptions,
  type FilterSuggestion,
  suggestFilters,
} from "@/lib/output/suggest-filter";

import { filterChips, filterOf, type PageQuery } from "./output-address";

interface OutputFiltersProps {
  query: PageQuery;
  options: FilterOptions;
  /** Today in the project's time zone. */
  today: string;
  onChange: (filter: OutputFilter) => void;
}

/** What is listed, as one line of text; it becomes part of the address. Beneath it each part by itself, to be taken away. */
export function OutputFilters({ query, options, today, onChange }: OutputFiltersProps) {
  const chips = filterChips(query);
  return (
    <div className="flex flex-col gap-2.5">
      <FilterField filter={filterOf(query)} options={options} today={today} onChange={onChange} />
      {chips.length > 0 ? (
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
            <Button variant="ghost" size="sm" onClick={() => onChange({})}>
              Clear all
            </Button>
          </li>
        </ul>
      ) : null}
    </div>
  );
}

interface FilterFieldProps extends Omit<OutputFiltersProps, "query"> {
  filter: OutputFilter;
}

function FilterField({ filter, options, today, onChange }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { draft, setDraft, problems, setProblems, ask } = useDraft(filter, options);
  const { text, caret } = draft;
  const problemId = useId();

  function type(next: string, at: number) {
    setDraft({ text: next, caret: at });
    if (next !== text) setProblems([]);
  }

  function apply(next: string) {
    const parsed = parseFilter(next, attributesOf(options));
    setProblems(parsed.problems);
    if (parsed.problems.length > 0) return;
    ask(parsed.filter);
    onChange(parsed.filter);
  }

  function choose(suggestion: FilterSuggestion): boolean {
    // The caret can only be set once the field has the text, and the next letter may come before the next frame.
    flushSync(() => {
      setDraft({ text: suggestion.text, caret: suggestion.caret });
      setProblems([]);
    });
    input.current?.setSelectionRange(suggestion.caret, suggestion.caret);
    if (suggestion.complete) apply(suggestion.text);
    return !suggestion.complete;
  }

  return (
    <div role="search" className="flex flex-col gap-1.5">
      <div className="relative">
        <ListFilter
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 z-10 size-4 -translate-y-1/2 text-subtle"
        />
        <SuggestInput
          inputRef={input}
          label="Filter the outputs"
          placeholder='language=de verdict=incorrect -channel=web "a text"'
          describedBy={problems.length > 0 ? problemId : undefined}
          value={text}
          suggestions={suggestFilters(text, caret, { options, today })}
          marked={problems}
          onType={type}
          onChoose={choose}
          onSubmit={() => apply(text)}
          onCancel={() => {
            const before = printFilter(filter);
            setDraft({ text: before, caret: before.length });
            setProblems([]);
          }}
        />
        {text === "" ? null : (
          <Button
            variant="ghost"
            size="icon"
            aria-label="Empty the filter"
            className="absolute inset-y-0 right-0.5 my-auto size-7"
            onClick={() => {
              setDraft({ text: "", caret: 0 });
              apply("");
              input.current?.focus();
            }}
          >
            <X aria-hidden="true" />
          </Button>
        )}
      </div>
      <Problems
        id={problemId}
        problems={problems}
        onShow={({ start, end }) => {
          input.current?.focus();
          input.current?.setSelectionRange(start, end);
        }}
      />
      {filter.text ? (
        <p className="text-xs text-subtle">
          Texts are looked for in the sender's id, the input and the output, whatever their case.
        </p>
      ) : null}
    </div>
  );
}

interface Draft {
  text: string;
  caret: number;
}

/**
 * What is being typed. An address that changes by other means (a chip, the browser's back) replaces it; the one that was asked for here
 * may come while somebody types on.
 */
function useDraft(filter: OutputFilter, options: FilterOptions) {
  const printed = printFilter(filter);
  const read = () => parseFilter(printed, attributesOf(options)).problems;
  const [shown, setShown] = useState(printed);
  const [draft, setDraft] = useState<Draft>({ text: printed, caret: printed.length });
  const [problems, setProblems] = useState<readonly FilterProblem[]>(read);
  const [asked, setAsked] = useState<string | null>(null);
  if (shown !== printed) {
    setShown(printed);
    setAsked(null);
    const typed = parseFilter(draft.text, attributesOf(options));
    const same = typed.problems.length === 0 && printFilter(typed.filter) === printed;
    if (printed !== asked && !same) {
      setDraft({ text: printed, caret: printed.length });
      setProblems(read());
    }
  }
  const ask = (wanted: OutputFilter) => setAsked(printFilter(wanted));
  return { draft, setDraft, problems, setProblems, ask };
}

function Problems({
  id,
  problems,
  onShow,
}: {
  id: string;
  problems: readonly FilterProblem[];
  onShow: (problem: FilterProblem) => void;
}) {
  return (
    // While empty it stays for screen readers but takes no gap.
    <div id={id} role="alert" className="empty:absolute">
      {problems.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {problems.map((problem) => (
            <li key={`${problem.start} ${problem.message}`} className="flex gap-1.5 text-sm text-alarm-ink">
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <button type="button" className="text-left hover:underline" onClick={() => onShow(problem)}>
                {problem.message.split("`").map((part, at) =>
                  at % 2 === 1 ? (
                    // The parts of one sentence keep their order.
                    <code key={`${at} ${part}`} className="font-mono text-xs">
                      {part}
                    </code>
                  ) : (
                    part
                  ),
                )}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
