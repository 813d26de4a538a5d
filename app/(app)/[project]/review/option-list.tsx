"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { AnswerField } from "@/lib/review/schema";
import { afterChoosing, type Drafted } from "./answer-draft";
import { levelName } from "./field-difference";

/** Longer lists can be narrowed by typing. */
const EASILY_SEEN = 14;
/** So many letters fit without being broken, where two or three answers share a row of a phone. */
const TWO_BESIDE = 14;
const THREE_BESIDE = 8;

interface Option {
  value: string | boolean;
  label: string;
}

const YES_NO: readonly Option[] = [
  { value: true, label: "Yes" },
  { value: false, label: "No" },
];

interface OptionListProps {
  field: AnswerField;
  /** Of the radio group. */
  name: string;
  chosen: Drafted | undefined;
  /** The only question: its options are big. */
  large: boolean;
  showKeys: boolean;
  disabled: boolean;
  onFocus: () => void;
  onChoose: (value: Drafted | undefined) => void;
}

function optionsOf(field: AnswerField): readonly Option[] {
  if (field.type === "boolean") return YES_NO;
  return (
    field.rubric?.anchors.map((anchor, at) => ({
      value: String(at + 1),
      label: levelName(at + 1, anchor),
    })) ??
    field.options ??
    []
  );
}

/** Native radios (or, where several can be right, checkboxes) that look like buttons; the first nine have keys. */
export function OptionList(props: OptionListProps) {
  const { field } = props;
  const [wanted, setWanted] = useState("");
  const options = optionsOf(field);
  const numbered = options.map((option, at) => ({ option, digit: at < 9 ? at + 1 : null }));
  const words = wanted.trim().toLowerCase();
  const shown = numbered.filter(({ option }) => option.label.toLowerCase().includes(words));
  const longest = Math.max(0, ...options.map((option) => option.label.length));
  const beside = longest <= (options.length === 3 ? THREE_BESIDE : TWO_BESIDE) ? options.length : 0;
  const long = options.length > EASILY_SEEN;
  return (
    <>
      {long ? (
        <Input
          type="search"
          value={wanted}
          placeholder="Find an answer"
          aria-label={`Find an answer: ${field.label}`}
          autoComplete="off"
          onFocus={props.onFocus}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      ) : null}
      <div
        className={cn(
          "grid gap-2",
          field.type === "rubric" && "gap-1.5",
          field.type === "rubric"
            ? ""
            : beside === 3
              ? "grid-cols-3"
              : beside === 1 || beside === 2
                ? "grid-cols-2"
                : "sm:grid-cols-2",
          long && "-m-1 max-h-[26rem] overflow-y-auto p-1",
        )}
      >
        {shown.map(({ option, digit }) => (
          <OptionButton
            key={String(option.value)}
            option={option}
            digit={digit}
            tight={beside === 3}
            {...props}
          />
        ))}
      </div>
      {shown.length === 0 ? <p className="text-sm text-muted">No answer has this in its name.</p> : null}
    </>
  );
}

function OptionButton({
  field,
  option,
  digit,
  name,
  chosen: chosenValue,
  large,
  showKeys,
  disabled,
  onFocus,
  onChoose,
  tight,
}: OptionListProps & {
  option: Option;
  digit: number | null;
  /** Three of them share a row. */
  tight: boolean;
}) {
  const several = field.type === "categories";
  const chosen =
    typeof chosenValue === "object"
      ? chosenValue.some((each) => each === option.value)
      : chosenValue === option.value;
  return (
    <label
      className={cn(
        "relative flex min-w-0 cursor-pointer items-center gap-2.5 rounded-lg border border-line-strong bg-surface px-3 py-1.5 text-base leading-tight text-ink transition-colors select-none hover:border-control hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink",
        large ? "min-h-13 sm:min-h-12" : "min-h-11 sm:min-h-9",
        tight && "gap-1.5 px-2",
        chosen &&
          "border-accent bg-accent-soft font-medium text-accent-ink hover:border-accent hover:bg-accent-soft",
        disabled && "pointer-events-none opacity-60",
      )}
    >
      <input
        type={several ? "checkbox" : "radio"}
        className="sr-only"
        name={name}
        value={String(option.value)}
        checked={chosen}
        disabled={disabled}
        onFocus={onFocus}
        onChange={() => onChoose(afterChoosing(field, chosenValue, option.value))}
      />
      <span
        aria-hidden="true"
        className={cn(
          "grid size-4 shrink-0 place-items-center border border-control bg-surface",
          several ? "rounded-sm" : "rounded-full",
          chosen && (several ? "border-accent bg-accent text-on-accent" : "border-[5px] border-accent"),
        )}
      >
        {several && chosen ? <Check className="size-3" strokeWidth={3} /> : null}
      </span>
      <span className="min-w-0 flex-1 break-words">{option.label}</span>
      {showKeys && digit !== null ? (
        <span aria-hidden="true" className="hidden shrink-0 sm:inline">
          <Kbd>{digit}</Kbd>
        </span>
      ) : null}
    </label>
  );
}
