"use client";

import { useState } from "react";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import type { AnswerDefinition } from "@/lib/review/schema";
import { type DryRun, dryRunSchema } from "@/lib/review/trial-schema";
import { dryRunWords } from "./dry-run-words";

const WORDS = { CORRECT: "right", INCORRECT: "wrong" } as const;

/** What the form on the screen would have made of past reviews, before it is published. */
export function DryRunCard({ slug, definition }: { slug: string; definition: AnswerDefinition | null }) {
  const { busy, problem, run } = useSubmit();
  const [done, setDone] = useState<{ of: string; run: DryRun } | null>(null);
  const written = JSON.stringify(definition);

  async function compare() {
    await run(async () => {
      const body = { definition };
      const path = `/api/v1/projects/${slug}/answer-schema/dry-run`;
      const answer = await fetchJson(path, {
        method: "POST",
        body,
        parse: (each) => dryRunSchema.parse(each),
      });
      setDone({ of: written, run: answer });
    });
  }

  return (
    <Card
      title="What would it change?"
      description="Compares the answers of past reviews anew, with the form as it stands above. Nothing is stored, and published verdicts never change."
      actions={
        <Button busy={busy} disabled={definition === null} onClick={() => void compare()}>
          Try it on past reviews
        </Button>
      }
    >
      <div role="status" className="flex flex-col gap-3">
        <FormProblem problem={problem} />
        {done ? <Outcome slug={slug} run={done.run} stale={done.of !== written} /> : null}
        {definition === null ? <p className="text-sm text-muted">Complete the questions first.</p> : null}
      </div>
    </Card>
  );
}

function Outcome({ slug, run, stale }: { slug: string; run: DryRun; stale: boolean }) {
  const { main, more } = dryRunWords(run);
  return (
    <div className={stale ? "flex flex-col gap-2 opacity-60" : "flex flex-col gap-2"}>
      {stale ? <p className="text-sm text-muted">Before your last change:</p> : null}
      <p className="text-lg font-medium text-ink text-pretty">{main}</p>
      {more.map((sentence) => (
        <p key={sentence} className="max-w-3xl text-sm text-muted text-pretty">
          {sentence}
        </p>
      ))}
      {run.examples.length > 0 ? <Changed slug={slug} run={run} /> : null}
    </div>
  );
}

function Changed({ slug, run }: { slug: string; run: DryRun }) {
  return (
    <details className="mt-1" open={run.examples.length <= 10}>
      <summary className="w-fit cursor-pointer rounded-sm text-sm font-medium text-muted hover:text-ink">
        {run.examples.length < run.changed
          ? `The newest ${run.examples.length} of them`
          : "Those that would change"}
      </summary>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {run.examples.map((each, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2 text-sm">
            <TextLink href={`/${slug}/output/${each.output_id}`} className="min-w-0 truncate font-mono">
              {each.reference}
            </TextLink>
            <span className="text-ink">
              {WORDS[each.before]} → <strong className="font-medium">{WORDS[each.after]}</strong>
            </span>
            <span className="min-w-0 flex-1 basis-48 text-muted">
              {each.wrong.length > 0 ? `Not right by this form: ${each.wrong.join(", ")}.` : ""}
            </span>
            <span className="text-subtle tabular">version {each.version}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
