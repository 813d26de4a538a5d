"use client";

import { PencilLine } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { errorTagsOf } from "@/lib/review/error-tag";
import type { Severity } from "@/lib/review/wire-schema";
import type { Drafted } from "./answer-draft";
import { AnswerForm } from "./answer-form";
import { correctionFields, correctionStart, type Remark } from "./remark";
import type { HeldItem } from "./review-state";

const SEVERITIES: readonly { value: Severity; label: string; hint: string }[] = [
  { value: "minor", label: "Minor", hint: "A blemish: nobody is misled by it" },
  { value: "major", label: "Major", hint: "Somebody has to put it right" },
  { value: "critical", label: "Critical", hint: "It does harm when nobody notices" },
];

interface RemarkProps {
  held: HeldItem;
  /** The letters to show; null while single keys are off. */
  keys: { tags: string; correction: string } | null;
  onRemark: (change: Partial<Remark>) => void;
}

/** What is wrong with the output, how bad it is, and what it should have been. */
export function RemarkControls(props: RemarkProps) {
  const { definition } = props.held.item.form;
  const tags = errorTagsOf(definition);
  return (
    <div className="flex flex-col gap-4">
      {tags.length > 0 ? <Tags {...props} tags={tags} /> : null}
      {definition.severities ? <Severities {...props} /> : null}
      <Correction {...props} />
    </div>
  );
}

const CHIP =
  "inline-flex min-h-11 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm text-ink transition-colors hover:bg-hover sm:min-h-8";
const CHOSEN = "border-accent bg-accent-soft font-medium text-accent-ink hover:bg-accent-soft";

function Tags({ held, keys, onRemark, tags }: RemarkProps & { tags: ReturnType<typeof errorTagsOf> }) {
  const toggle = (key: string) =>
    onRemark({
      errorTags: held.errorTags.includes(key)
        ? held.errorTags.filter((each) => each !== key)
        : [...held.errorTags, key],
    });
  const digit = (event: KeyboardEvent) => {
    const tag = /^[1-9]$/.test(event.key) ? tags[Number(event.key) - 1] : undefined;
    if (!keys || !tag || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    toggle(tag.key);
  };
  return (
    <fieldset data-remark="tags" className="min-w-0">
      <legend className="mb-1.5 flex items-center gap-1.5 text-sm text-muted">
        What is wrong with it? {keys ? <Hint>{keys.tags}</Hint> : null}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {tags.map((tag, index) => {
          const chosen = held.errorTags.includes(tag.key);
          return (
            <button
              key={tag.key}
              type="button"
              aria-pressed={chosen}
              title={tag.hint}
              className={cn(CHIP, chosen && CHOSEN)}
              onKeyDown={digit}
              onClick={() => toggle(tag.key)}
            >
              {chosen ? <span aria-hidden="true">✓</span> : null}
              {tag.label}
              {keys && index < 9 ? (
                <span aria-hidden="true" className="hidden text-xs text-subtle sm:inline">
                  {index + 1}
                </span>
              ) : null}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function Severities({ held, onRemark }: RemarkProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm text-muted">How bad is it?</legend>
      <div className="grid grid-cols-3 gap-1.5">
        {SEVERITIES.map(({ value, label, hint }) => {
          const chosen = held.severity === value;
          return (
            <button
              key={value}
              type="button"
              aria-pressed={chosen}
              title={hint}
              className={cn(CHIP, "justify-center rounded-lg", chosen && CHOSEN)}
              onClick={() => onRemark({ severity: chosen ? null : value })}
            >
              {chosen ? <span aria-hidden="true">✓</span> : null}
              {label}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function Correction({ held, keys, onRemark }: RemarkProps) {
  const { item, correction } = held;
  if (!correction)
    return (
      <Button
        data-remark="correction"
        variant="ghost"
        className="-ml-2 h-11 w-fit px-2 sm:h-8"
        onClick={() => onRemark({ correction: correctionStart(item) })}
      >
        <PencilLine aria-hidden="true" />
        Say what it should have been {keys ? <Hint>{keys.correction}</Hint> : null}
      </Button>
    );
  const set = (field: string, value: Drafted | undefined) => {
    const { [field]: _before, ...others } = correction;
    onRemark({ correction: value === undefined ? others : { ...others, [field]: value } });
  };
  return (
    <section
      data-remark="correction"
      aria-label="What the output should have been"
      className="rounded-lg border border-line bg-sunken px-3.5 py-3"
    >
      <header className="mb-2 flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium text-ink">What it should have been</h3>
        <Button size="sm" variant="ghost" onClick={() => onRemark({ correction: null })}>
          Leave it out
        </Button>
      </header>
      <p className="mb-3 text-sm text-muted">
        It begins with your answer. Change what the output should say instead.
      </p>
      <AnswerForm
        label="Correction"
        fields={correctionFields(item.form.definition)}
        draft={correction}
        problems={{}}
        activeField={-1}
        singleKeys={false}
        disabled={false}
        formRef={{ current: null }}
        onAnswer={set}
        onActive={() => undefined}
      />
    </section>
  );
}

function Hint({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className="hidden sm:inline">
      <Kbd>{children.toUpperCase()}</Kbd>
    </span>
  );
}
