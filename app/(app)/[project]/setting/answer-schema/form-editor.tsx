"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useReducer, useState } from "react";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { AnswerDefinition } from "@/lib/review/schema";
import { DryRunCard } from "./dry-run-card";
import { FieldEditor, type Place } from "./field-editor";
import { definitionFrom, draftFrom, formReducer } from "./form-draft";
import { FormTrial } from "./form-trial";
import { TagEditor } from "./tag-editor";

export interface FormEditorProps {
  slug: string;
  /** The one in force; 0 when there is none yet. */
  version: number;
  definition: AnswerDefinition | null;
  instructions: string;
  suggested: boolean;
  places: readonly Place[];
  truthPlaces: readonly Place[];
}

/** Makes the next version of what reviewers answer. */
export function FormEditor(props: FormEditorProps) {
  const { slug, version, suggested, places, truthPlaces } = props;
  const router = useRouter();
  const formId = useId();
  const { show } = useToast();
  const { busy, problem, fields: refused, run } = useSubmit();
  const [draft, dispatch] = useReducer(formReducer, props, ({ definition, instructions }) =>
    draftFrom(definition, instructions),
  );
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const drawn = definitionFrom(draft);
  const start = draftFrom(props.definition, props.instructions);
  const changed = version === 0 || JSON.stringify(start) !== JSON.stringify(draft);

  async function save() {
    setProblems(drawn.ok ? {} : drawn.problems);
    if (!drawn.ok) return;
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/answer-schema`, {
        method: "POST",
        body: { definition: drawn.definition, instructions: draft.instructions, base_version: version },
      });
    });
    if (!done) return;
    show({
      title: `Version ${version + 1} is in force`,
      description: "The next item that is shown asks it.",
    });
    router.refresh();
  }

  const atServer = Object.values(refused)[0];
  const missing = Object.keys(problems).length;
  return (
    <div className="flex flex-col gap-4">
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {suggested ? (
          <Banner title="Suggested from your newest outputs">
            Check the questions, their answers and what they are compared with. Nothing is in force before you
            save.
          </Banner>
        ) : null}
        {version === 0 && !suggested ? (
          <Banner title="No outputs to suggest a form from yet">
            You can write it now, or send some outputs first and come back.
          </Banner>
        ) : null}
        <Card
          title={draft.fields.length === 1 ? "Question" : "Questions"}
          description="In the order in which reviewers see them."
          actions={
            <Button onClick={() => dispatch({ type: "added" })}>
              <Plus aria-hidden="true" />
              Add a question
            </Button>
          }
          flush
        >
          <ol className="divide-y divide-line border-t border-line">
            {draft.fields.map((field, index) => (
              <FieldEditor
                key={field.id}
                field={field}
                number={index + 1}
                count={draft.fields.length}
                places={places}
                truthPlaces={truthPlaces}
                problems={problems}
                dispatch={dispatch}
              />
            ))}
          </ol>
        </Card>
        <Card
          title={
            draft.fields.length > 1
              ? "When an output counts as right, and what reviewers should know"
              : "What reviewers should know"
          }
        >
          <div className="flex flex-col gap-4">
            {draft.fields.length > 1 ? (
              <Field
                label="Share of the weight that must match"
                hint="100 means that every answer must match. Questions with more weight count for more."
                error={problems.form}
                className="max-w-md"
              >
                <span className="flex items-center gap-2">
                  <Input
                    value={draft.threshold}
                    inputMode="decimal"
                    aria-label="Share of the weight that must match, in per cent"
                    className="max-w-24"
                    onChange={(event) => dispatch({ type: "threshold", value: event.currentTarget.value })}
                  />
                  <span className="text-sm text-muted">%</span>
                </span>
              </Field>
            ) : null}
            <Field
              label="Guidelines"
              hint="Shown beside every item. Say how to decide in doubt, with an example or two."
            >
              <Textarea
                rows={5}
                maxLength={20_000}
                value={draft.instructions}
                onChange={(event) => dispatch({ type: "instructions", value: event.currentTarget.value })}
              />
            </Field>
          </div>
        </Card>
        <TagEditor tags={draft.tags} severities={draft.severities} dispatch={dispatch} />
      </form>
      <FormTrial slug={slug} definition={drawn.ok ? drawn.definition : null} />
      {version > 0 ? <DryRunCard slug={slug} definition={drawn.ok ? drawn.definition : null} /> : null}
      <FormProblem
        problem={
          problem ??
          atServer ??
          (missing > 0 ? (problems.form ?? "Some questions are not complete yet.") : null)
        }
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" form={formId} variant="primary" size="lg" busy={busy} disabled={!changed}>
          {version === 0 ? "Save the form" : `Save as version ${version + 1}`}
        </Button>
        {version > 0 && changed ? (
          <Button size="lg" onClick={() => dispatch({ type: "replaced", draft: start })}>
            Discard changes
          </Button>
        ) : null}
        {version > 0 ? (
          <p className="min-w-0 flex-1 basis-60 text-sm text-muted text-pretty">
            Reviews so far keep their version. Changing the question changes what the accuracy means, so the
            date of a new version is kept.
          </p>
        ) : null}
      </div>
    </div>
  );
}
