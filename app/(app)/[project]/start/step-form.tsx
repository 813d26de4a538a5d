"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button, LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { AnswerDefinition } from "@/lib/review/schema";

import { asksFor, choicesOf, formFrom, type QuestionDraft, takesChoices } from "./question-draft";
import { SettleButton } from "./settle-button";

/** The form that the outputs suggest: which questions are asked, and which answers there are. The rest is for the form's own page. */
export function FormStep({
  slug,
  suggested,
  seen,
}: {
  slug: string;
  suggested: AnswerDefinition;
  /** Answers that were pasted, by the key of their question. */
  seen: Readonly<Record<string, readonly string[]>>;
}) {
  const router = useRouter();
  const { busy, problem, fields: refused, run } = useSubmit();
  const [drafts, setDrafts] = useState<readonly QuestionDraft[]>(
    suggested.fields.map((field) => ({
      field,
      asked: true,
      choices: choicesOf(field, seen[field.key]).join("\n"),
    })),
  );
  const change = (key: string, next: Partial<QuestionDraft>) =>
    setDrafts(drafts.map((draft) => (draft.field.key === key ? { ...draft, ...next } : draft)));
  const asked = drafts.filter((draft) => draft.asked);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/answer-schema`, {
        method: "POST",
        body: { definition: formFrom(drafts), instructions: "", base_version: 0 },
      });
    });
    if (!done) return;
    router.push(`/${slug}/start` as Route, { scroll: false });
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="max-w-prose text-sm text-muted text-pretty">
        Reviewers answer before they see your system’s answer.
      </p>
      <FormProblem problem={problem ?? Object.values(refused)[0] ?? null} />
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
        {drafts.map(({ field, asked: isAsked, choices }) => (
          <li key={field.key} className="flex flex-col gap-3 p-3">
            <div className="flex flex-wrap items-start justify-between gap-2">
              <Checkbox
                label={field.label}
                hint={`Compared with /output${field.output_path}`}
                checked={isAsked}
                onChange={(event) => change(field.key, { asked: event.target.checked })}
              />
              <Badge>{asksFor(field, choices)}</Badge>
            </div>
            {isAsked && takesChoices(field) ? (
              <Field
                label={`Possible answers for ${field.label}`}
                hint="One a line. Without any, reviewers write."
              >
                <Textarea
                  rows={Math.min(8, Math.max(2, choices.split("\n").length + 1))}
                  value={choices}
                  spellCheck={false}
                  onChange={(event) => change(field.key, { choices: event.currentTarget.value })}
                />
              </Field>
            ) : null}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy} disabled={asked.length === 0}>
          Use this form
        </Button>
        <LinkButton variant="ghost" href={`/${slug}/setting/answer-schema`}>
          Write it yourself
        </LinkButton>
        <SettleButton slug={slug} step="form" settled label="Skip" />
      </div>
    </form>
  );
}
