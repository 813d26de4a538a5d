"use client";

import { Checkbox } from "@/components/ui/choice";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { FieldDraft } from "./field-draft";

export interface ClosenessProps {
  field: FieldDraft;
  problemOf: (part: string) => string | undefined;
  change: (part: Partial<FieldDraft>) => void;
}

const IGNORED = [
  ["case", "Capital and small letters"],
  ["space", "Spaces and line breaks"],
  ["punctuation", "Punctuation"],
  ["accents", "Accents"],
] as const;

/** How near an output must come to an answer. */
export function Closeness(props: ClosenessProps) {
  switch (props.field.type) {
    case "text":
      return (
        <>
          <Ignored {...props} />
          <Percent
            {...props}
            part="similarity"
            label="Close enough, from"
            hint="Share of the letters that must be the same, up to 4,000 letters. Empty: all of them."
          />
        </>
      );
    case "list":
      return (
        <>
          <Ignored {...props} />
          <Overlap {...props} />
        </>
      );
    case "categories":
      return <Overlap {...props} />;
    case "number":
    case "date":
      return <Tolerance {...props} />;
    case "rubric":
      return <Levels {...props} />;
    default:
      return null;
  }
}

function Ignored({ field, change }: ClosenessProps) {
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
}

function Overlap(props: ClosenessProps) {
  return (
    <Percent
      {...props}
      part="overlap"
      label="Close enough, from"
      hint="What both have, of everything that either has. Empty: all must be the same."
    />
  );
}

function Percent({
  field,
  part,
  label,
  hint,
  problemOf,
  change,
}: ClosenessProps & { part: "similarity" | "overlap"; label: string; hint: string }) {
  return (
    <Field label={label} hint={hint} error={problemOf(part)} className="max-w-md">
      <span className="flex items-center gap-2">
        <Input
          value={field[part]}
          inputMode="decimal"
          aria-label={`${label}, in per cent`}
          className="max-w-24"
          onChange={(event) => change({ [part]: event.currentTarget.value })}
        />
        <span className="text-sm text-muted">%</span>
      </span>
    </Field>
  );
}

function Tolerance({ field, problemOf, change }: ClosenessProps) {
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

function Levels({ field, problemOf, change }: ClosenessProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
      <Field
        label="What each score means, one a line from 1 up"
        hint="Two to ten lines. Reviewers read them beside the score, so say what an output must have for it."
        error={problemOf("anchors") ?? problemOf("rubric")}
      >
        <Textarea
          rows={Math.min(10, Math.max(3, field.anchors.split("\n").length))}
          value={field.anchors}
          onChange={(event) => change({ anchors: event.currentTarget.value })}
        />
      </Field>
      <Field label="Right from score" error={problemOf("rightFrom")}>
        <Input
          value={field.rightFrom}
          inputMode="numeric"
          onChange={(event) => change({ rightFrom: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}
