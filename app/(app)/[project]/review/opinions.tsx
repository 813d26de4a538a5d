"use client";

import { Check, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { errorTagsOf } from "@/lib/review/error-tag";
import type { Answer, AnswerField } from "@/lib/review/schema";
import type { Opinion, ReviewItem } from "@/lib/review/wire-schema";
import { shownValue } from "./field-difference";

const NAMES = ["A", "B"] as const;

/** What two people said who differ, side by side; who they are is not told. */
export function Opinions({
  item,
  opinions,
  onTake,
}: {
  item: ReviewItem;
  opinions: readonly Opinion[];
  /** Puts an answer into the form; null when the own answer stands already. */
  onTake: ((answer: Answer) => void) | null;
}) {
  const { fields } = item.form.definition;
  return (
    <section aria-label="The two answers" className="border-t border-line px-4 py-4 sm:px-5">
      <h3 className="text-sm font-medium text-ink">Two people differ</h3>
      <p className="mt-0.5 text-sm text-muted">
        {opinions.length < 2
          ? "One of them has taken their answer back in the meantime."
          : "In no particular order. Take one of the answers, or give your own."}
      </p>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        {opinions.map((opinion, index) => (
          <OpinionCard
            key={index}
            name={NAMES[index] ?? "?"}
            opinion={opinion}
            others={opinions.filter((each) => each !== opinion)}
            fields={fields}
            tags={errorTagsOf(item.form.definition)}
            onTake={onTake}
          />
        ))}
      </div>
    </section>
  );
}

function OpinionCard({
  name,
  opinion,
  others,
  fields,
  tags,
  onTake,
}: {
  name: string;
  opinion: Opinion;
  others: readonly Opinion[];
  fields: readonly AnswerField[];
  tags: readonly { key: string; label: string }[];
  onTake: ((answer: Answer) => void) | null;
}) {
  const right = opinion.verdict === "CORRECT";
  const Icon = right ? Check : X;
  return (
    <article
      aria-label={`Answer ${name}`}
      className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-sunken p-3.5"
    >
      <header className="flex items-center gap-2">
        <h4 className="grid size-6 place-items-center rounded-full border border-line bg-surface text-sm font-semibold text-ink">
          {name}
        </h4>
        <p
          className={cn(
            "inline-flex items-center gap-1 text-sm font-medium",
            right ? "text-good-ink" : "text-alarm-ink",
          )}
        >
          <Icon aria-hidden="true" className="size-4" />
          {right ? "The output is right" : "The output is wrong"}
        </p>
      </header>
      <dl className="flex flex-col gap-2">
        {fields.map((field) => {
          const said = JSON.stringify(opinion.answer[field.key]);
          const differs = others.some((other) => JSON.stringify(other.answer[field.key]) !== said);
          return (
            <div key={field.key} className="min-w-0">
              <dt className="text-xs text-subtle">{field.label}</dt>
              <dd
                className={cn(
                  "max-h-40 overflow-y-auto break-words whitespace-pre-wrap text-ink tabular",
                  differs && "font-medium",
                )}
              >
                {shownValue(field, opinion.answer[field.key])}
                {differs ? <span className="sr-only">, differs from the other answer</span> : null}
              </dd>
            </div>
          );
        })}
      </dl>
      {opinion.overrule_reason ? <Said term="Against the comparison" text={opinion.overrule_reason} /> : null}
      {opinion.error_tags.length > 0 ? (
        <Said
          term="What is wrong"
          text={opinion.error_tags.map((key) => tags.find((tag) => tag.key === key)?.label ?? key).join(", ")}
        />
      ) : null}
      {opinion.severity ? <Said term="How bad" text={opinion.severity} /> : null}
      {opinion.comment ? <Said term="Note" text={opinion.comment} /> : null}
      {onTake ? (
        <Button className="mt-auto w-full" onClick={() => onTake(opinion.answer)}>
          Take answer {name}
        </Button>
      ) : null}
    </article>
  );
}

function Said({ term, text }: { term: string; text: string }) {
  return (
    <p className="text-sm break-words whitespace-pre-wrap text-muted">
      <span className="text-subtle">{term}:</span> {text}
    </p>
  );
}
