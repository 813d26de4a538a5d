"use client";

import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";

import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";

export interface Suggestion {
  label: string;
  detail: string;
}

/** A part of the text that is wrong. */
export interface MarkedPart {
  start: number;
  end: number;
}

interface SuggestInputProps<T extends Suggestion> {
  inputRef: RefObject<HTMLInputElement | null>;
  label: string;
  placeholder: string;
  describedBy: string | undefined;
  value: string;
  suggestions: readonly T[];
  /** Underlined under the text. */
  marked: readonly MarkedPart[];
  onType: (value: string, caret: number) => void;
  /** Returns whether the list stays open, for what comes next. */
  onChoose: (suggestion: T) => boolean;
  /** Enter without a chosen suggestion. */
  onSubmit: () => void;
  /** Escape with the list closed. */
  onCancel: () => void;
}

/**
 * One line of text with suggestions for the place of the caret: the combobox pattern of WAI-ARIA. Arrows go through the list, Enter
 * takes one or, when none is marked, hands the text over; Escape closes the list.
 */
export function SuggestInput<T extends Suggestion>(props: SuggestInputProps<T>) {
  const { inputRef, label, placeholder, describedBy, value, suggestions, marked, onType } = props;
  const listId = useId();
  const { open, setOpen, active, setActive, onKeyDown, choose } = useSuggestionList(props);
  const shown = open && suggestions.length > 0;
  const tell = (input: HTMLInputElement) => onType(input.value, input.selectionStart ?? input.value.length);
  return (
    <div className="relative min-w-0">
      <Input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={marked.length > 0 ? true : undefined}
        placeholder={placeholder}
        value={value}
        maxLength={4000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="pr-9 pl-8"
        onChange={(event) => {
          tell(event.target);
          setActive(-1);
          setOpen(true);
        }}
        onSelect={(event) => tell(event.currentTarget)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <Underline value={value} marked={marked} inputRef={inputRef} />
      <div
        id={listId}
        role="listbox"
        aria-label={`Suggestions: ${label}`}
        className={cn(
          "absolute inset-x-0 top-full z-40 mt-1.5 max-h-80 max-w-2xl overflow-y-auto rounded-lg bg-overlay p-1 shadow-float",
          !shown && "hidden",
        )}
      >
        {suggestions.map((suggestion, at) => (
          <Option
            key={`${suggestion.label} ${suggestion.detail}`}
            id={`${listId}-${at}`}
            suggestion={suggestion}
            active={at === active}
            onPoint={() => setActive(at)}
            onChoose={() => choose(suggestion)}
          />
        ))}
      </div>
    </div>
  );
}

function useSuggestionList<T extends Suggestion>({
  suggestions,
  onChoose,
  onSubmit,
  onCancel,
}: SuggestInputProps<T>) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);

  function choose(suggestion: T) {
    setOpen(onChoose(suggestion));
    setActive(-1);
  }

  function move(step: 1 | -1) {
    setOpen(true);
    const count = suggestions.length + 1;
    // Between the last and the first there is none marked: the text itself.
    if (open) setActive((before) => ((before + 1 + step + count) % count) - 1);
    else if (step > 0) setActive(0);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const chosen = open ? suggestions[active] : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") {
      if (chosen) choose(chosen);
      else {
        setOpen(false);
        onSubmit();
      }
    } else if (event.key === "Escape") {
      if (open) setOpen(false);
      else onCancel();
    } else return;
    event.preventDefault();
  }

  return { open, setOpen, active, setActive, onKeyDown, choose };
}

function Option({
  id,
  suggestion,
  active,
  onPoint,
  onChoose,
}: {
  id: string;
  suggestion: Suggestion;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // The field keeps the focus and does what the keys say; the pointer only points.
    <button
      ref={row}
      type="button"
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={active}
      className={cn(
        "flex min-h-8 w-full cursor-default items-baseline text-left gap-3 rounded-md px-2 py-1.5 text-sm",
        active && "bg-hover",
      )}
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className="min-w-0 shrink truncate font-mono text-xs text-ink">{suggestion.label}</span>
      <span className="min-w-0 flex-1 truncate text-right text-xs text-subtle">{suggestion.detail}</span>
    </button>
  );
}

/** Lies under the text, letter by letter, and scrolls with it. */
function Underline({
  value,
  marked,
  inputRef,
}: {
  value: string;
  marked: readonly MarkedPart[];
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const input = inputRef.current;
    if (!input || marked.length === 0) return;
    const follow = () => {
      if (line.current) line.current.scrollLeft = input.scrollLeft;
    };
    follow();
    input.addEventListener("scroll", follow);
    return () => input.removeEventListener("scroll", follow);
  }, [inputRef, marked]);
  if (marked.length === 0) return null;
  return (
    <div
      ref={line}
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-9 left-8 flex items-center overflow-hidden text-lg whitespace-pre text-transparent sm:text-sm"
    >
      {pieces(value, marked).map(({ text, at, wrong }) => (
        <span
          key={at}
          className={cn(
            "whitespace-pre",
            wrong && "underline decoration-alarm decoration-wavy decoration-1 underline-offset-4",
          )}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

function pieces(
  value: string,
  marked: readonly MarkedPart[],
): { text: string; at: number; wrong: boolean }[] {
  const found: { text: string; at: number; wrong: boolean }[] = [];
  let at = 0;
  for (const { start, end } of [...marked].sort((a, b) => a.start - b.start)) {
    if (start > at) found.push({ text: value.slice(at, start), at, wrong: false });
    const from = Math.max(at, start);
    if (end > from) found.push({ text: value.slice(from, end), at: from, wrong: true });
    at = Math.max(at, end);
  }
  if (at < value.length) found.push({ text: value.slice(at), at, wrong: false });
  return found;
}
