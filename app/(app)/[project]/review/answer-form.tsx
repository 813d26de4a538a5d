"use client";

import { CircleAlert } from "lucide-react";
import { type RefObject, useId } from "react";
import { cn } from "@/components/ui/class-names";
import type { AnswerField } from "@/lib/review/schema";
import type { Draft, Drafted } from "./answer-draft";
import { OptionList } from "./option-list";

export interface AnswerFormProps {
  label: string;
  fields: readonly AnswerField[];
  draft: Draft;
  problems: Readonly<Record<string, string>>;
  activeField: number;
  singleKeys: boolean;
  disabled: boolean;
  onAnswer: (field: string, value: Drafted | undefined) => void;
  onActive: (index: number) => void;
  formRef: RefObject<HTMLFormElement | null>;
}

/** What this person says: without having seen the output, and then about it. */
export function AnswerForm({ label, fields, formRef, ...rest }: AnswerFormProps) {
  return (
    <form
      ref={formRef}
      aria-label={label}
      className={cn("flex flex-col", fields.length > 1 ? "gap-1" : "gap-4")}
      onSubmit={(event) => event.preventDefault()}
    >
      {fields.map((field, index) => (
        <FieldBlock key={field.key} field={field} index={index} single={fields.length === 1} {...rest} />
      ))}
    </form>
  );
}

type BlockProps = Omit<AnswerFormProps, "label" | "fields" | "formRef"> & {
  field: AnswerField;
  index: number;
  single: boolean;
};

const CHOSEN = new Set<AnswerField["type"]>(["category", "categories", "boolean", "rubric"]);

function hintOf(field: AnswerField): string | undefined {
  const how = { categories: "Choose all that apply.", list: "One on each line.", rubric: undefined };
  const parts = [
    field.hint,
    field.type === "categories" || field.type === "list" ? how[field.type] : undefined,
    field.required ? undefined : "Leave it open when there is none.",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function FieldBlock(props: BlockProps) {
  const { field, index, single, activeField, problems } = props;
  const id = useId();
  const active = index === activeField && !single;
  const problem = problems[field.key];
  const isChoice = CHOSEN.has(field.type);
  const hint = hintOf(field);
  const describedBy =
    [problem ? `${id}-problem` : null, hint ? `${id}-hint` : null].filter(Boolean).join(" ") || undefined;
  const body = (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-subtle">
          {hint}
        </p>
      ) : null}
      {isChoice ? (
        <OptionList
          field={field}
          name={id}
          chosen={props.draft[field.key]}
          large={single}
          showKeys={props.singleKeys && index === activeField}
          disabled={props.disabled}
          onFocus={() => props.onActive(index)}
          onChoose={(value) => props.onAnswer(field.key, value)}
        />
      ) : (
        <TypedAnswer {...props} id={id} describedBy={describedBy} />
      )}
      {problem ? (
        <p id={`${id}-problem`} className="flex items-start gap-1.5 text-sm text-alarm-ink">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem}
        </p>
      ) : null}
    </>
  );
  const frame = cn(
    "flex min-w-0 flex-col gap-2",
    !single && "-mx-3 rounded-lg border border-transparent px-3 py-2.5",
    active && "border-line bg-sunken",
  );
  return isChoice ? (
    <fieldset className={frame} data-field={field.key} aria-describedby={describedBy}>
      <legend className={cn("float-left w-full text-base font-medium text-ink", single && "text-lg")}>
        {field.label}
      </legend>
      {body}
    </fieldset>
  ) : (
    <div className={frame} data-field={field.key}>
      <label htmlFor={id} className={cn("text-base font-medium text-ink", single && "text-lg")}>
        {field.label}
      </label>
      {body}
    </div>
  );
}

const CONTROL =
  "w-full min-w-0 rounded-md border border-control bg-surface px-3 text-lg text-ink transition-colors placeholder:text-subtle hover:border-muted focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-alarm sm:text-base";

function TypedAnswer({
  field,
  index,
  draft,
  problems,
  disabled,
  onAnswer,
  onActive,
  id,
  describedBy,
}: BlockProps & { id: string; describedBy: string | undefined }) {
  const stands = draft[field.key];
  const common = {
    id,
    value: typeof stands === "object" ? stands.join("\n") : typeof stands === "string" ? stands : "",
    disabled,
    "aria-describedby": describedBy,
    onFocus: () => onActive(index),
    "aria-invalid": problems[field.key] ? (true as const) : undefined,
    onChange: (event: { currentTarget: { value: string } }) =>
      onAnswer(field.key, event.currentTarget.value === "" ? undefined : event.currentTarget.value),
  };
  if (field.type === "text" || field.type === "list")
    return (
      <textarea
        {...common}
        rows={field.type === "list" ? 3 : 1}
        className={cn(CONTROL, "field-sizing-content max-h-60 min-h-11 py-2.5 sm:min-h-9 sm:py-1.5")}
      />
    );
  const isDate = field.type === "date";
  return (
    <input
      {...common}
      type={isDate ? "date" : "text"}
      inputMode={isDate ? undefined : "decimal"}
      autoComplete="off"
      className={cn(CONTROL, "h-11 tabular sm:h-9", isDate && "max-w-52")}
    />
  );
}
