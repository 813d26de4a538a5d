"use client";

import { Check, Minus, Plus, X } from "lucide-react";
import { type RefObject, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { ContentView } from "@/components/content/content-view";
import { formatPercent } from "@/lib/core/format";
import { isAskedLate } from "@/lib/review/rubric";
import type { AnswerField, FieldResult, FieldResultKind } from "@/lib/review/schema";
import type { RevealedOutput, ReviewItem } from "@/lib/review/wire-schema";
import { closenessWords, distanceWords, RESULT_WORDS, shownValue } from "./field-difference";
import { MarkedText } from "./marked-text";
import type { Verdict } from "./review-state";
import { setDifference } from "./set-difference";
import { SetMembers } from "./set-members";
import type { VerdictNow } from "./verdict-now";

/** Phase B: the output beside the answer that was given without it, field by field. */
export function RevealView({
  form,
  revealed,
  now,
  verdict,
  verdictRef,
  children,
}: {
  form: Pick<ReviewItem["form"], "definition">;
  revealed: RevealedOutput;
  now: VerdictNow;
  /** The one that will be stored: computed, or this person's own. */
  verdict: Verdict;
  verdictRef: RefObject<HTMLDivElement | null>;
  /** What is asked about the output itself. */
  children?: React.ReactNode;
}) {
  const { fields, threshold } = form.definition;
  const stated = fields.filter((field) => !isAskedLate(field));
  const scored = fields.filter(isAskedLate);
  return (
    <div className="flex flex-col gap-4">
      <VerdictStrip
        stripRef={verdictRef}
        verdict={verdict}
        overruled={verdict !== now.verdict}
        open={now.open && verdict === now.verdict}
      >
        {fields.length === 1 ? (stated.length === 1 ? null : "By your score.") : shareWords(now, threshold)}
      </VerdictStrip>
      {scored.length > 0 ? <Scored fields={scored} revealed={revealed} /> : null}
      {children}
      <Comparisons fields={stated} single={fields.length === 1} revealed={revealed} />
      <details className="group rounded-lg">
        <summary className="w-fit cursor-pointer rounded-sm text-sm font-medium text-muted hover:text-ink">
          The whole output
        </summary>
        <div className="mt-2">
          <ContentView value={revealed.output} label="Output" />
        </div>
      </details>
    </div>
  );
}

function shareWords({ compared, right, score }: VerdictNow, threshold: number): string {
  return `${right} of ${compared} ${compared === 1 ? "answer is" : "answers are"} right: ${formatPercent(score, 0)} of the weight, ${formatPercent(threshold, 0)} needed.`;
}

/** What is to be scored, as it stands in the output. */
function Scored({ fields, revealed }: { fields: readonly AnswerField[]; revealed: RevealedOutput }) {
  const places = new Map(fields.map((field) => [field.output_path, revealed.output_values[field.key]]));
  return [...places].map(([place, value]) => (
    <section
      key={place}
      aria-label="What is to be scored"
      className="max-h-96 overflow-y-auto rounded-lg border border-line bg-sunken px-3.5 py-2.5 text-base text-ink"
    >
      {value === null || value === undefined ? (
        "The output has nothing there."
      ) : (
        <ContentView value={value} label="What is to be scored" />
      )}
    </section>
  ));
}

/** What differs comes first and in full; what is the same needs one line. */
function Comparisons({
  fields,
  single,
  revealed,
}: {
  fields: readonly AnswerField[];
  single: boolean;
  revealed: RevealedOutput;
}) {
  if (fields.length === 0) return null;
  const resultOf = (field: AnswerField) =>
    revealed.field_results.find((each) => each.field === field.key) ?? { result: "match" as const };
  const inFull = fields.filter((field) => single || resultOf(field).result !== "match");
  const same = fields.filter((field) => !inFull.includes(field));
  return (
    <ul className="flex flex-col gap-2" aria-label="Your answer and the output">
      {inFull.map((field) => (
        <Comparison
          key={field.key}
          field={field}
          single={single}
          revealed={revealed}
          result={resultOf(field)}
        />
      ))}
      {same.map((field) => (
        <li key={field.key} className="flex items-baseline gap-3 px-3.5 text-sm">
          <span className="shrink-0 text-muted">{field.label}</span>
          <span className="ml-auto min-w-0 truncate text-ink tabular">
            {shownValue(field, revealed.answer[field.key])}
          </span>
          <span className="inline-flex shrink-0 items-center gap-1 self-center font-medium text-good-ink">
            <Check aria-hidden="true" className="size-4" />
            {RESULT_WORDS.match}
          </span>
        </li>
      ))}
    </ul>
  );
}

function VerdictStrip({
  stripRef,
  verdict,
  overruled,
  open,
  children,
}: {
  stripRef: RefObject<HTMLDivElement | null>;
  verdict: Verdict;
  overruled: boolean;
  /** The output is still to be scored. */
  open: boolean;
  children: React.ReactNode;
}) {
  const id = useId();
  const right = verdict === "CORRECT";
  const Icon = right ? Check : X;
  if (open)
    return (
      <div
        ref={stripRef}
        tabIndex={-1}
        role="group"
        aria-labelledby={id}
        className="scroll-mt-16 rounded-lg border border-line bg-surface px-3.5 py-3"
      >
        <p id={id} className="text-base font-semibold text-ink">
          Now score the output
        </p>
        <p className="text-sm text-muted">Then it counts as right or wrong.</p>
      </div>
    );
  return (
    <div
      ref={stripRef}
      tabIndex={-1}
      role="group"
      aria-labelledby={id}
      className={cn(
        "flex scroll-mt-16 items-center gap-3 rounded-lg border px-3.5 py-3",
        right ? "border-good-line bg-good-soft" : "border-alarm-line bg-alarm-soft",
      )}
    >
      <span
        className={cn(
          "grid size-8 shrink-0 place-items-center rounded-full",
          right ? "bg-good text-on-accent dark:text-canvas" : "bg-alarm text-on-accent",
        )}
      >
        <Icon aria-hidden="true" className="size-5" strokeWidth={2.5} />
      </span>
      <div className="min-w-0">
        <p id={id} className="text-base font-semibold text-ink">
          {right ? "The output counts as right" : "The output counts as wrong"}
        </p>
        <p className="text-sm text-muted">
          {overruled ? "By your decision, against the comparison." : (children ?? sameWords(right))}
        </p>
      </div>
    </div>
  );
}

function sameWords(right: boolean): string {
  return right ? "It says the same as you." : "It says something else than you.";
}

const RESULT_LOOK: Record<FieldResultKind, { icon: typeof Check; style: string }> = {
  match: { icon: Check, style: "text-good-ink" },
  mismatch: { icon: X, style: "text-alarm-ink" },
  missing: { icon: Minus, style: "text-alarm-ink" },
  extra: { icon: Plus, style: "text-alarm-ink" },
};

function Comparison({
  field,
  single,
  revealed,
  result: { result, score },
}: {
  field: AnswerField;
  single: boolean;
  revealed: RevealedOutput;
  result: Pick<FieldResult, "result" | "score">;
}) {
  const { icon: Icon, style } = RESULT_LOOK[result];
  const answer = revealed.answer[field.key];
  const output = revealed.output_values[field.key];
  const distance = distanceWords(field, answer, output) ?? closenessWords(field, score);
  const set = result === "match" ? null : setDifference(field, answer, output);
  return (
    <li
      className={cn(
        "rounded-lg border border-line bg-surface px-3.5 py-2.5",
        result !== "match" && "border-alarm-line",
      )}
    >
      <div className="flex items-baseline justify-between gap-3">
        <p className={cn("min-w-0 text-sm font-medium text-ink", single && "sr-only")}>{field.label}</p>
        <p className={cn("ml-auto inline-flex shrink-0 items-center gap-1 text-sm font-medium", style)}>
          <Icon aria-hidden="true" className="size-4" />
          {RESULT_WORDS[result]}
        </p>
      </div>
      {set ? <SetMembers parts={set} /> : null}
      <dl hidden={set !== null} className={cn("mt-1.5 grid grid-cols-2 gap-x-4 gap-y-1", single && "-mt-5")}>
        <Side term="You" value={shownValue(field, answer)} strong={single} />
        <Side term="Output" value={shownValue(field, output)} strong={single} wrong={result !== "match"} />
      </dl>
      {distance ? <p className="mt-1.5 text-sm text-muted tabular">{distance}.</p> : null}
      {result === "mismatch" ? <MarkedText field={field} answer={answer} output={output} /> : null}
    </li>
  );
}

function Side({
  term,
  value,
  strong,
  wrong = false,
}: {
  term: string;
  value: string;
  strong: boolean;
  wrong?: boolean;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-subtle">{term}</dt>
      <dd
        className={cn(
          "max-h-40 overflow-y-auto break-words whitespace-pre-wrap text-ink tabular",
          strong ? "text-lg font-medium" : "text-base",
          wrong && "text-alarm-ink",
        )}
      >
        {value}
      </dd>
    </div>
  );
}
