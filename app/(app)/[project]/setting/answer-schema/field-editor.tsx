"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { FieldType } from "@/lib/review/schema";
import { Closeness } from "./closeness";
import { type FieldDraft, hasOptions, hasPartialCredit } from "./field-draft";
import type { FormEvent } from "./form-draft";
import { COMPARED, KIND_OPTIONS } from "./kinds";

/** Where outputs (or truths) hold a value, with some that were seen there. */
export interface Place {
  path: string;
  examples: readonly string[];
}

interface FieldEditorProps {
  field: FieldDraft;
  number: number;
  count: number;
  places: readonly Place[];
  truthPlaces: readonly Place[];
  problems: Readonly<Record<string, string>>;
  dispatch: (event: FormEvent) => void;
}

/** One question: what is asked, what can be answered, and what it is compared with. */
export function FieldEditor(props: FieldEditorProps) {
  const { field, number, count, places, truthPlaces, problems, dispatch } = props;
  const change = (part: Partial<FieldDraft>) => dispatch({ type: "changed", id: field.id, change: part });
  const problemOf = (part: string) => problems[`${field.id}.${part}`];
  return (
    <li className="flex flex-col gap-4 px-4 py-4" aria-label={`Question ${number}`}>
      <div className="flex items-start gap-3">
        <span className="mt-7 hidden w-5 shrink-0 text-sm text-subtle tabular sm:block">{number}</span>
        <div className="grid min-w-0 flex-1 gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label="Question" error={problemOf("label")}>
            <Input
              value={field.label}
              maxLength={120}
              placeholder="For example: what kind of document is it?"
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
          </Field>
          <Field label="Kind of answer">
            <Select
              value={field.type}
              options={KIND_OPTIONS}
              onChange={(event) => change({ type: event.currentTarget.value as FieldType })}
            />
          </Field>
        </div>
        <Arrange {...props} />
      </div>
      <div className="flex flex-col gap-4 sm:pl-8">
        {hasOptions(field) ? (
          <Field
            label="Options, one a line"
            hint="As the output writes it; after “ = ” what reviewers read, for example: owner_letter = letter to owners. The first nine get the keys 1 to 9."
            error={problemOf("options")}
          >
            <Textarea
              rows={Math.min(10, Math.max(3, field.options.split("\n").length))}
              value={field.options}
              className="font-mono"
              onChange={(event) => change({ options: event.currentTarget.value })}
            />
          </Field>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <PlaceField
            label={
              field.type === "rubric"
                ? "The part of the output that is scored"
                : "Compared with this place in the output"
            }
            value={field.outputPath}
            places={places}
            problem={problemOf("outputPath") ?? problemOf("output_path")}
            onChange={(outputPath) =>
              change(
                field.truthPath === field.outputPath ? { outputPath, truthPath: outputPath } : { outputPath },
              )
            }
          />
          <PlaceField
            label={
              field.type === "rubric"
                ? "The score in known answers that you send"
                : "The same in known answers that you send"
            }
            value={field.truthPath}
            places={truthPlaces}
            problem={problemOf("truthPath") ?? problemOf("truth_path")}
            onChange={(truthPath) => change({ truthPath })}
          />
        </div>
        <p className="-mb-1 text-sm text-muted">{COMPARED[field.type]}</p>
        <Closeness field={field} problemOf={problemOf} change={change} />
        <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
          <Field label="Help below the question (optional)">
            <Input
              value={field.hint}
              maxLength={500}
              onChange={(event) => change({ hint: event.currentTarget.value })}
            />
          </Field>
          {count > 1 ? (
            <Field label="Weight" error={problemOf("weight")}>
              <Input
                value={field.weight}
                inputMode="decimal"
                onChange={(event) => change({ weight: event.currentTarget.value })}
              />
            </Field>
          ) : null}
        </div>
        {count > 1 && hasPartialCredit(field) ? (
          <Checkbox
            label="What is not right counts in part"
            hint={
              field.type === "rubric"
                ? "A score below the right one counts for its place between the lowest and the highest, instead of nothing."
                : "It counts for how much is the same, instead of nothing."
            }
            checked={field.partial}
            onChange={(event) => change({ partial: event.currentTarget.checked })}
          />
        ) : null}
        <Checkbox
          label="An answer is needed"
          hint={
            field.type === "rubric"
              ? "Without it, reviewers may leave the score open; then it counts neither way."
              : "Without it, reviewers may say that the input has no such value."
          }
          checked={field.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
      </div>
    </li>
  );
}

function Arrange({ field, number, count, dispatch }: FieldEditorProps) {
  if (count < 2) return null;
  const move = (by: 1 | -1) => dispatch({ type: "moved", id: field.id, by });
  return (
    <div className="mt-6 flex shrink-0">
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move question ${number} up`}
        disabled={number === 1}
        onClick={() => move(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move question ${number} down`}
        disabled={number === count}
        onClick={() => move(1)}
      >
        <ArrowDown aria-hidden="true" />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove question ${number}`}
        onClick={() => dispatch({ type: "removed", id: field.id })}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}

function PlaceField({
  label,
  value,
  places,
  problem,
  onChange,
}: {
  label: string;
  value: string;
  places: readonly Place[];
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const listId = useId();
  const seen = places.find((place) => place.path === value)?.examples;
  const hint = seen
    ? `Recently there: ${seen.join(", ")}`
    : value === ""
      ? "Empty: the whole value."
      : places.length > 0
        ? "Nothing was found there recently."
        : "Like /label: a name after a slash for each level.";
  return (
    <Field label={label} hint={hint} error={problem}>
      <Input
        value={value}
        list={listId}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        placeholder="/label"
        className="font-mono"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {places.map((place) => (
          <option key={place.path} value={place.path}>
            {place.examples.join(", ")}
          </option>
        ))}
      </datalist>
    </Field>
  );
}
