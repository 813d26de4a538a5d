"use client";

import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useContentViews } from "@/components/content/content-view";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy";
import { isAskedLate } from "@/lib/review/rubric";
import type { Answer, AnswerDefinition, AnswerField } from "@/lib/review/schema";
import { ActionBar } from "./action-bar";
import { draftFromAnswer } from "./answer-draft";
import { AnswerForm } from "./answer-form";
import { Guidelines } from "./guidelines";
import { hasReadingView, type InputStyle, InputStyleChoice, InputView } from "./input-view";
import type { KeyMap } from "./key-map";
import { messagesPart, outputPart, remarksPart, revealedPart } from "./late-parts";
import type { HeldItem, ReviewEvent, ReviewState } from "./review-state";
import { SwipeHint } from "./swipe-hint";
import { useItemSwipe } from "./use-item-swipe";
import { verdictNow } from "./verdict-now";

const Opinions = lazy(async () => ({ default: (await import("./opinions")).Opinions }));

export interface ReviewItemViewProps {
  held: HeldItem;
  state: ReviewState;
  headingRef: RefObject<HTMLHeadingElement | null>;
  formRef: RefObject<HTMLFormElement | null>;
  verdictRef: RefObject<HTMLDivElement | null>;
  reasonRef: RefObject<HTMLInputElement | null>;
  commentRef: RefObject<HTMLTextAreaElement | null>;
  /** The letters to show; null while single keys are off. */
  keys: KeyMap | null;
  enterSubmits: boolean;
  unexplained: boolean;
  /** The output cannot be shown now. */
  offline: boolean;
  dispatch: (event: ReviewEvent) => void;
  onMain: () => void;
  onSkip: () => void;
  onCannot: () => void;
  onUndo: (which: "last" | "deferred") => void;
  onDrop: () => void;
  onSwipedAnswer: (field: string, value: string | boolean) => void;
}

/** One item: what the system was given on the left, what this person says about it on the right. */
export function ReviewItemView(props: ReviewItemViewProps) {
  const { held, headingRef } = props;
  const [style, setStyle] = useState<InputStyle>("read");
  useContentViews();
  const { input, input_flags: flags, reference } = held.item;
  const shownPart = outputPart.usePart();
  const isShown = held.item.shown !== null;
  useEffect(() => {
    if (isShown) void outputPart.fetch();
  }, [isShown]);
  const remarks = remarksPart.usePart();
  const noted = useMemo(() => remarks?.notedPlace(input, flags) ?? null, [remarks, input, flags]);
  const isNoted = flags.length > 0;
  useEffect(() => {
    if (isNoted) void remarksPart.fetch();
  }, [isNoted]);
  const area = useRef<HTMLDivElement>(null);
  useItemSwipe(area, { held, onAnswer: props.onSwipedAnswer, onSubmit: props.onMain });
  return (
    <div ref={area} className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section className="min-w-0 rounded-lg border border-line bg-surface">
        <header className="flex min-h-12 items-center gap-2 border-b border-line py-1.5 pr-2 pl-4 sm:pl-5">
          <h2 ref={headingRef} tabIndex={-1} className="shrink-0 rounded-sm text-sm font-medium text-ink">
            Input <span className="sr-only">of item {reference}</span>
          </h2>
          <span
            className="min-w-0 truncate font-mono text-xs text-subtle"
            title="The sender's number of this case"
          >
            {reference}
          </span>
          <CopyButton text={reference} label="Copy the case number" compact />
          {remarks && noted ? <remarks.RemarkCount count={flags.length} /> : null}
          <span className="ml-auto pr-1.5">
            {hasReadingView(input) ? (
              <InputStyleChoice value={input} style={style} onChange={setStyle} />
            ) : null}
          </span>
        </header>
        <div className="px-4 py-4 sm:px-5">
          <InputView
            key={noted ? "noted" : "plain"}
            value={input}
            style={style}
            label="Input"
            noted={noted}
          />
        </div>
        {held.item.shown ? (
          shownPart ? (
            <shownPart.OutputShown output={held.item.shown.output} />
          ) : (
            <p role="status" className="border-t border-line px-4 py-4 text-sm text-muted sm:px-5">
              The output is loading …
            </p>
          )
        ) : null}
        {held.item.opinions ? (
          <Suspense>
            <Opinions
              item={held.item}
              opinions={held.item.opinions}
              onTake={
                held.item.revealed
                  ? null
                  : (answer) => takeAnswer(held.item.form.definition, answer, props.dispatch)
              }
            />
          </Suspense>
        ) : null}
        {isCompact(held.item.form.definition.fields) && !held.item.revealed ? (
          <Guidelines text={held.item.form.instructions} hotkey={null} className="mx-4 pb-4 lg:hidden" />
        ) : null}
      </section>
      <AnswerPane {...props} />
    </div>
  );
}

/** Few big buttons stay under the thumb on a phone while the input scrolls behind them. */
function isCompact(fields: readonly AnswerField[]): boolean {
  const [field] = fields;
  return fields.length === 1 && (field?.type === "boolean" || (field?.options?.length ?? 99) <= 4);
}

function AnswerPane(props: ReviewItemViewProps) {
  const { held, state, formRef, keys, dispatch } = props;
  const part = revealedPart.usePart();
  const messages = messagesPart.usePart();
  const { item } = held;
  const revealed = item.revealed;
  const fields = item.form.definition.fields.filter((field) => isAskedLate(field) === (revealed !== null));
  const now = verdictNow(item, held.draft);
  const compact = !revealed && isCompact(fields);
  const hotkey = keys && keys.guidelines.toUpperCase();
  const isRevealed = revealed !== null;
  useEffect(() => {
    if (isRevealed) void revealedPart.fetch();
  }, [isRevealed]);
  return (
    <section
      aria-label={revealed ? "Your answer and the output" : "Your answer"}
      className={cn(
        "flex min-w-0 flex-col rounded-lg border border-line bg-surface lg:sticky lg:top-5 lg:max-h-[calc(100dvh-2.5rem)]",
        compact &&
          "max-lg:sticky max-lg:bottom-[calc(3.75rem+env(safe-area-inset-bottom))] max-lg:z-10 max-lg:shadow-float md:max-lg:bottom-4",
      )}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 px-4 py-4 sm:px-5 lg:overflow-y-auto">
        {messages ? <messages.ItemMessages held={held} onDrop={props.onDrop} /> : null}
        {revealed && now ? (
          part ? (
            <part.RevealedView {...props} revealed={revealed} now={now} fields={fields} hotkey={hotkey} />
          ) : (
            <p role="status" className="text-sm text-muted">
              The output is loading …
            </p>
          )
        ) : (
          <>
            {fields.length === 0 ? (
              <p className="text-base text-ink">
                Read the input first. Then you see the output and score it.
              </p>
            ) : null}
            <AnswerForm
              label="Your answer"
              fields={fields}
              draft={held.draft}
              problems={held.problems}
              activeField={held.activeField}
              singleKeys={keys !== null}
              disabled={state.revealing === item.slot_id}
              formRef={formRef}
              onAnswer={(field, value) => dispatch({ type: "answered", field, value })}
              onActive={(index) => dispatch({ type: "active", index })}
            />
            <Guidelines
              text={item.form.instructions}
              hotkey={hotkey}
              className={compact ? "max-lg:hidden" : ""}
            />
          </>
        )}
      </div>
      <footer
        className={cn(
          "rounded-b-lg border-t border-line bg-surface px-3 pt-2.5 pb-1.5 sm:px-4",
          revealed &&
            "max-lg:sticky max-lg:bottom-[calc(3.4rem+env(safe-area-inset-bottom))] md:max-lg:bottom-0",
        )}
      >
        <SwipeHint held={held} />
        <ActionBar
          phase={
            revealed
              ? "revealed"
              : held.lost
                ? "lost"
                : props.offline
                  ? "offline"
                  : item.shown
                    ? "shown"
                    : "answer"
          }
          busy={state.revealing === item.slot_id}
          keys={keys}
          enterSubmits={props.enterSubmits}
          onMain={props.onMain}
          onSkip={props.onSkip}
          onCannot={props.onCannot}
          onUndo={() => props.onUndo("last")}
        />
      </footer>
    </section>
  );
}

/** An answer that somebody else gave, put into the form; it can be changed there. */
function takeAnswer(
  { fields }: AnswerDefinition,
  answer: Answer,
  dispatch: (event: ReviewEvent) => void,
): void {
  const draft = draftFromAnswer(answer);
  for (const { key } of fields) dispatch({ type: "answered", field: key, value: draft[key] });
}
