"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { FieldType } from "@/lib/review/schema";
import type { FieldDraft, FormEvent } from "./form-draft";
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
        {field.type === "category" ? (
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
            label="Compared with this place in the output"
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
            label="The same in known answers that you send"
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
        <Checkbox
          label="An answer is needed"
          hint="Without it, reviewers may say that the input has no such value."
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

const IGNORED = [
  ["case", "Capital and small letters"],
  ["space", "Spaces and line breaks"],
  ["punctuation", "Punctuation"],
  ["accents", "Accents"],
] as const;

function Closeness({
  field,
  problemOf,
  change,
}: {
  field: FieldDraft;
  problemOf: (part: string) => string | undefined;
  change: (part: Partial<FieldDraft>) => void;
}) {
  if (field.type === "text")
    return (
      <FieldGroup legend="Differences that do not count">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {IGNORED.map(([name, label]) => (
            <Checkbox
              key={name}
              label={label}
              checked={field.normalise[name]}
              onChange={(event) =>
                change({ normalise: { ...field.normalise, [name]: event.currentTarget.checked } })
              }
            />
          ))}
        </div>
      </FieldGroup>
    );
  if (field.type !== "number" && field.type !== "date") return null;
  return (
    <div className="grid max-w-md gap-4 sm:grid-cols-2">
      {field.type === "number" ? (
        <Field label="Allowed difference, %" hint="Of the right answer." error={problemOf("relative")}>
          <Input
            value={field.relative}
            inputMode="decimal"
            onChange={(event) => change({ relative: event.currentTarget.value })}
          />
        </Field>
      ) : null}
      <Field
        label={field.type === "date" ? "Allowed difference, days" : "Or in its own unit"}
        error={problemOf("absolute")}
      >
        <Input
          value={field.absolute}
          inputMode="decimal"
          onChange={(event) => change({ absolute: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}
