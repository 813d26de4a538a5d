"use client";

import { type FormEvent, type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { type Rule, ruleSchema } from "@/lib/contract/schema";
import { rounded } from "@/lib/core/format";
import { ruleWords } from "./rule-words";

interface Draft {
  low: string;
  high: string;
  hard: boolean;
  values: string;
  open: boolean;
  percent: string;
}

/** What the pilot said was said of another limit. */
const NOT_FROM_PILOT = { support: 0, pilot_violations: 0, expected_rate: null, rate_at_most: null };

function draftOf(rule: Rule): Draft {
  const limits = rule.rule === "range" || rule.rule === "length" ? rule : null;
  return {
    low: limits?.low === null || !limits ? "" : String(Number(limits.low.toPrecision(8))),
    high: limits?.high === null || !limits ? "" : String(Number(limits.high.toPrecision(8))),
    hard: rule.rule === "range" && rule.hard,
    values: rule.rule === "values" || rule.rule === "labels" ? rule.values.join("\n") : "",
    open: rule.rule === "values" && rule.open,
    percent: rule.rule === "completeness" ? String(rounded(100 * rule.least, 2)) : "",
  };
}

const limit = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** The rule as it was typed, as a person's own; null when it is none. */
function ruleOf(rule: Rule, draft: Draft): Rule | null {
  const values = draft.values.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  const typed =
    rule.rule === "range"
      ? { low: limit(draft.low), high: limit(draft.high), hard: draft.hard }
      : rule.rule === "length"
        ? { low: limit(draft.low) ?? 0, high: limit(draft.high) ?? 1e9 }
        : rule.rule === "values"
          ? { values: [...new Set(values)], open: draft.open }
          : rule.rule === "labels"
            ? { values: [...new Set(values)] }
            : { least: Number(draft.percent) / 100 };
  const low = "low" in typed ? typed.low : null;
  const high = "high" in typed ? typed.high : null;
  if (low !== null && high !== null && low > high) return null;
  // A limit that a person calls hard is one that they insist on.
  const origin = (draft.hard && rule.rule === "range") || rule.origin === "locked" ? "locked" : "edited";
  return ruleSchema.safeParse({ ...rule, ...typed, ...NOT_FROM_PILOT, origin }).data ?? null;
}

/** Changes the number or list of one rule. */
export function RuleDialog({
  rule,
  trigger,
  onChange,
}: {
  rule: Rule;
  trigger: ReactElement;
  onChange: (next: Rule) => void;
}) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(rule));
  const next = ruleOf(rule, draft);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!next) return;
    onChange(next);
    setOpen(false);
  }

  return (
    <Dialog
      title="Change a rule"
      description={
        <span className="[overflow-wrap:anywhere]">
          {rule.path} {ruleWords(rule)}
        </span>
      }
      size="sm"
      trigger={trigger}
      open={open}
      onOpenChange={(now) => {
        if (now) setDraft(draftOf(rule));
        setOpen(now);
      }}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pb-2">
        <RuleFields rule={rule} draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
        {next ? null : (
          <p role="alert" className="text-sm text-alarm-ink">
            {rule.rule === "values" || rule.rule === "labels"
              ? "Write at least one value, at most 200."
              : "Enter numbers, the smaller one first."}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!next}>
            Change
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RuleFields({
  rule,
  draft,
  onChange,
}: {
  rule: Rule;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  if (rule.rule === "values" || rule.rule === "labels") {
    return (
      <>
        <Field label="Values" hint="One a line.">
          <Textarea
            rows={8}
            value={draft.values}
            onChange={(event) => onChange({ values: event.target.value })}
          />
        </Field>
        {rule.rule === "values" ? (
          <Checkbox
            label="Only count other values"
            hint="Then they flag nothing; a week in which they are common is still named."
            checked={draft.open}
            onChange={(event) => onChange({ open: event.target.checked })}
          />
        ) : null}
      </>
    );
  }
  if (rule.rule === "completeness") {
    return (
      <Field label="At least, percent of a week's outputs">
        <Input
          inputMode="decimal"
          value={draft.percent}
          onChange={(event) => onChange({ percent: event.target.value })}
        />
      </Field>
    );
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="From" hint="Empty: no limit.">
          <Input
            inputMode="decimal"
            value={draft.low}
            onChange={(event) => onChange({ low: event.target.value })}
          />
        </Field>
        <Field label="To" hint="Empty: no limit.">
          <Input
            inputMode="decimal"
            value={draft.high}
            onChange={(event) => onChange({ high: event.target.value })}
          />
        </Field>
      </div>
      {rule.rule === "range" ? (
        <Checkbox
          label="Hold back what is outside"
          hint="Otherwise it is accepted and flagged."
          checked={draft.hard}
          onChange={(event) => onChange({ hard: event.target.checked })}
        />
      ) : null}
    </>
  );
}
