"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useRef, useState } from "react";
import { type Draft, type Drafted, answerFromDraft } from "@/app/(app)/[project]/review/answer-draft";
import { AnswerForm } from "@/app/(app)/[project]/review/answer-form";
import { shownValue } from "@/app/(app)/[project]/review/field-difference";
import { type InputStyle, InputView } from "@/app/(app)/[project]/review/input-view";
import { RevealView } from "@/app/(app)/[project]/review/reveal-view";
import { verdictNow } from "@/app/(app)/[project]/review/verdict-now";
import { usePreview } from "@/components/form/use-preview";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/input";
import { isAskedLate } from "@/lib/review/rubric";
import type { AnswerDefinition, AnswerField } from "@/lib/review/schema";
import { type FormPreview, formPreviewSchema } from "@/lib/review/trial-schema";
import { readingWords } from "./reading-words";

interface Wanted {
  definition: AnswerDefinition | null;
  output_id: string | null;
  answer: unknown;
}

const AS_READ: InputStyle = "read";
const read = (wanted: unknown) => ((wanted as Wanted).definition ? wanted : null);
const parse = (answer: unknown): FormPreview | null => formPreviewSchema.parse(answer);

/** The form as a reviewer would see it, on a real output, with what each question finds there. */
export function FormTrial({ slug, definition }: { slug: string; definition: AnswerDefinition | null }) {
  const [outputId, setOutputId] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft>({});
  const stated = definition && answerFromDraft(definition, draft);
  const wanted: Wanted = { definition, output_id: outputId, answer: stated?.ok ? stated.answer : null };
  const { preview, problem, pending, incomplete } = usePreview<unknown, FormPreview | null>({
    path: `/api/v1/projects/${slug}/answer-schema/preview`,
    wanted,
    saved: null,
    ofSaved: null,
    read,
    parse,
  });
  const shown = preview?.shown ?? null;
  return (
    <Card
      title="Try it on a real output"
      description="As a reviewer will see it. Nothing is stored."
      actions={
        preview && preview.outputs.length > 0 ? (
          <Select
            aria-label="Output to try the form on"
            value={shown?.id ?? ""}
            className="max-w-60"
            options={preview.outputs.map(({ id, reference }) => ({ value: id, label: reference }))}
            onChange={(event) => {
              setOutputId(event.currentTarget.value);
              setDraft({});
            }}
          />
        ) : null
      }
    >
      {problem ? <p className="mb-3 text-sm text-alarm-ink">{problem}</p> : null}
      {incomplete ? (
        <p className="text-sm text-muted">Complete the questions to see the form.</p>
      ) : preview && definition ? (
        <div className="flex flex-col gap-5" aria-busy={pending}>
          <Readings definition={definition} preview={preview} />
          {shown ? (
            <Trial
              key={shown.id}
              definition={definition}
              preview={preview}
              draft={draft}
              onAnswer={(key, value) => setDraft((before) => withAnswer(before, key, value))}
            />
          ) : (
            <p className="text-sm text-muted">Send an output to try the form on it.</p>
          )}
        </div>
      ) : (
        <p className="text-sm text-muted">Looking at your newest outputs …</p>
      )}
    </Card>
  );
}

function withAnswer(draft: Draft, key: string, value: Drafted | undefined): Draft {
  const { [key]: _before, ...others } = draft;
  return value === undefined ? others : { ...others, [key]: value };
}

/** A question that was just added has no reading yet. */
function Readings({ definition, preview }: { definition: AnswerDefinition; preview: FormPreview }) {
  return (
    <ul className="flex flex-col gap-1.5 text-sm" aria-label="What the questions find in your outputs">
      {definition.fields.map((field) => {
        const reading = preview.readings.find((each) => each.key === field.key);
        if (!reading) return null;
        const { text, warn } = readingWords(field, reading, preview.looked_at);
        const Icon = warn ? CircleAlert : CircleCheck;
        return (
          <li key={field.key} className="flex items-start gap-2">
            <Icon
              aria-label={warn ? "Please look" : "Fine"}
              className={
                warn ? "mt-0.5 size-4 shrink-0 text-warn-ink" : "mt-0.5 size-4 shrink-0 text-good-ink"
              }
            />
            <span className="min-w-0 break-words text-muted">
              <span className="font-medium text-ink">{field.label}</span> {text}
              {preview.shown ? <Here field={field} value={preview.shown.output_values[field.key]} /> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What the chosen output says to a question. */
function Here({ field, value }: { field: AnswerField; value: unknown }) {
  const shown = shownValue(field, value);
  return (
    <span className="text-ink">
      {" "}
      {shown === "–" ? "Here: nothing." : `Here: “${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}”.`}
    </span>
  );
}

function Trial({
  definition,
  preview,
  draft,
  onAnswer,
}: {
  definition: AnswerDefinition;
  preview: FormPreview;
  draft: Draft;
  onAnswer: (field: string, value: Drafted | undefined) => void;
}) {
  const [active, setActive] = useState(0);
  const formRef = useRef<HTMLFormElement>(null);
  const verdictRef = useRef<HTMLDivElement>(null);
  const first = definition.fields.filter((field) => !isAskedLate(field));
  const late = definition.fields.filter(isAskedLate);
  const { shown, revealed } = preview;
  const now = verdictNow({ form: { definition }, revealed }, draft);
  const common = { draft, problems: {}, singleKeys: false, disabled: false, onAnswer };
  return (
    <div className="grid items-start gap-5 border-t border-line pt-5 lg:grid-cols-2">
      <div
        role="region"
        aria-label="Input"
        tabIndex={0}
        className="flex max-h-[32rem] min-w-0 flex-col gap-2 overflow-y-auto"
      >
        <h3 className="text-sm font-medium text-muted">Input</h3>
        <InputView value={shown?.input} style={AS_READ} label="Input" />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {first.length > 0 ? (
          <AnswerForm
            {...common}
            label="The form as reviewers see it"
            fields={first}
            activeField={active}
            formRef={formRef}
            onActive={setActive}
          />
        ) : null}
        {revealed && now ? (
          <RevealView
            form={{ definition }}
            revealed={revealed}
            now={now}
            verdict={now.verdict}
            verdictRef={verdictRef}
          >
            {late.length > 0 ? (
              <AnswerForm
                {...common}
                label="The scores as reviewers see them"
                fields={late}
                activeField={-1}
                formRef={formRef}
                onActive={() => undefined}
              />
            ) : null}
          </RevealView>
        ) : (
          <p className="text-sm text-muted">Answer it to see how the output is compared.</p>
        )}
      </div>
    </div>
  );
}
