"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button, LinkButton } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Understood } from "@/lib/start/schema";
import { LONGEST_SAMPLE } from "@/lib/start/longest-sample";

import { SettleButton } from "./settle-button";
import { EXAMPLE_RECORD } from "./snippets";
import { UnderstoodView } from "./understood-view";

export interface SampleStepProps {
  slug: string;
  /** What is kept, as text to start from; empty before. */
  kept: string;
  understood: Understood | null;
}

/** Takes what the watched system puts out as it is, and says what was understood. */
export function SampleStep({ slug, kept, understood }: SampleStepProps) {
  const router = useRouter();
  const { busy, problem, fields, run } = useSubmit();
  const [text, setText] = useState(kept);
  const [editing, setEditing] = useState(understood === null);
  const box = useRef<HTMLTextAreaElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/start/sample`, { method: "PUT", body: { text } });
    });
    if (!done) return box.current?.focus();
    setEditing(false);
    // What was read is said above the form that is drafted from it.
    router.push(`/${slug}/start?step=form` as Route, { scroll: false });
    router.refresh();
  }

  if (!editing && understood)
    return (
      <>
        <UnderstoodView understood={understood} />
        <div className="flex flex-wrap gap-2">
          <LinkButton variant="primary" href={`/${slug}/start?step=form`} scroll={false}>
            Go on to the answer form
          </LinkButton>
          <Button variant="ghost" onClick={() => setEditing(true)}>
            Paste something else
          </Button>
        </div>
      </>
    );
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Field
        label="One output of your system, or a few"
        hint="JSON as it leaves your system. Twenty or more make the first chart."
        error={fields.text}
      >
        <Textarea
          ref={box}
          rows={9}
          spellCheck={false}
          autoComplete="off"
          maxLength={LONGEST_SAMPLE}
          className="font-mono text-xs sm:text-xs"
          placeholder={'{ "input": { "text": "…" }, "output": { "label": "…" } }'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Read it
        </Button>
        <Button onClick={() => setText(JSON.stringify(EXAMPLE_RECORD, null, 2))}>Use an example</Button>
        {understood ? (
          <Button variant="ghost" onClick={() => setEditing(false)}>
            Keep what was read
          </Button>
        ) : (
          <SettleButton slug={slug} step="sample" settled label="Skip" />
        )}
      </div>
    </form>
  );
}
