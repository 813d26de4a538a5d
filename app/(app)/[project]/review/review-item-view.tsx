"use client";

import type { RefObject } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { ActionBar } from "./action-bar";
import { AnswerForm } from "./answer-form";
import { InputView } from "./input-view";
import { RevealView } from "./reveal-view";
import type { HeldItem, ReviewEvent, ReviewState } from "./review-state";
import type { Outbox } from "./use-outbox";
import { VerdictControls } from "./verdict-controls";

export interface ReviewItemViewProps {
  held: HeldItem;
  state: ReviewState;
  outbox: Outbox;
  headingRef: RefObject<HTMLHeadingElement | null>;
  formRef: RefObject<HTMLFormElement | null>;
  reasonRef: RefObject<HTMLInputElement | null>;
  commentRef: RefObject<HTMLTextAreaElement | null>;
  singleKeys: boolean;
  unexplained: boolean;
  dispatch: (event: ReviewEvent) => void;
  onMain: () => void;
  onSkip: () => void;
  onCannot: () => void;
  onUndo: (which: "last" | "deferred") => void;
  onDrop: () => void;
}

/** One item: what the system was given on the left, what this person says about it on the right. */
export function ReviewItemView(props: ReviewItemViewProps) {
  const { held, headingRef } = props;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section className="min-w-0 rounded-lg border border-line bg-surface">
        <header className="flex items-center gap-2 border-b border-line px-4 py-2.5 sm:px-5">
          <h2 ref={headingRef} tabIndex={-1} className="text-sm font-medium text-muted outline-none">
            Input <span className="sr-only">of item {held.item.reference}</span>
          </h2>
          <span
            className="ml-auto min-w-0 truncate font-mono text-xs text-subtle"
            title="The sender's number of this case"
          >
            {held.item.reference}
          </span>
          <CopyButton text={held.item.reference} label="Copy the case number" compact />
        </header>
        <div className="px-4 py-4 sm:px-5">
          <InputView value={held.item.input} />
        </div>
      </section>
      <AnswerPane {...props} />
    </div>
  );
}

function AnswerPane(props: ReviewItemViewProps) {
  const { held, state, outbox, formRef, reasonRef, commentRef, singleKeys, unexplained, dispatch } = props;
  const { item } = held;
  const revealed = item.revealed;
  return (
    <section
      aria-label={revealed ? "Your answer and the output" : "Your answer"}
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface lg:sticky lg:top-5 lg:max-h-[calc(100dvh-2.5rem)]"
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4 sm:px-5">
        <Messages {...props} />
        {revealed ? (
          <>
            <RevealView form={item.form} revealed={revealed} verdict={held.overrule ?? revealed.verdict} />
            <VerdictControls
              held={held}
              computed={revealed.verdict}
              unexplained={unexplained}
              singleKeys={singleKeys}
              reasonRef={reasonRef}
              commentRef={commentRef}
              dispatch={dispatch}
            />
          </>
        ) : (
          <>
            <AnswerForm
              fields={item.form.definition.fields}
              draft={held.draft}
              problems={held.problems}
              activeField={held.activeField}
              singleKeys={singleKeys}
              disabled={state.revealing === item.slot_id}
              formRef={formRef}
              onAnswer={(field, value, advance) => dispatch({ type: "answered", field, value, advance })}
              onActive={(index) => dispatch({ type: "active", index })}
            />
            <Guidelines text={item.form.instructions} />
          </>
        )}
      </div>
      <footer className="sticky bottom-[calc(3.4rem+env(safe-area-inset-bottom))] rounded-b-lg border-t border-line bg-surface px-3 py-2.5 md:bottom-0 sm:px-4">
        <ActionBar
          phase={revealed ? "revealed" : held.lost ? "lost" : "answer"}
          busy={state.revealing === item.slot_id}
          singleKeys={singleKeys}
          onMain={props.onMain}
          onSkip={props.onSkip}
          onCannot={props.onCannot}
          onUndo={() => props.onUndo("last")}
        />
      </footer>
      <span className="sr-only">{outbox.waiting > 0 ? "Saving" : "Saved"}</span>
    </section>
  );
}

function Messages({ held, outbox, state, onDrop }: ReviewItemViewProps) {
  return (
    <>
      {held.lost ? (
        <Banner
          tone="warn"
          title="Somebody else has this item now"
          actions={
            <Button size="sm" onClick={onDrop}>
              Leave it
            </Button>
          }
        >
          It was open too long without a sign from you. What you entered is still here: send it as an extra
          opinion, or leave it.
        </Banner>
      ) : null}
      {held.undone && !held.lost ? (
        <Banner title="Taken back">
          {held.item.revealed
            ? "You have seen the output, so your answer stands; you can change the verdict or the note."
            : "It is open again, as you left it."}
        </Banner>
      ) : null}
      {outbox.stuck === "sign-in" ? (
        <Banner
          tone="warn"
          title="You were signed out"
          actions={
            <Button size="sm" onClick={() => window.open(window.location.pathname, "_blank")}>
              Sign in in a new tab
            </Button>
          }
        >
          Your reviews wait in this browser and are sent as soon as you are signed in again.
        </Banner>
      ) : null}
      {outbox.stuck === "retry" || state.failure?.kind === "offline" ? (
        <Banner tone="warn" title="No connection">
          Your reviews wait in this browser and are sent by themselves.
        </Banner>
      ) : null}
    </>
  );
}

function Guidelines({ text }: { text: string }) {
  if (text.trim() === "") return null;
  return (
    <details className="border-t border-line pt-3" open={text.length < 400}>
      <summary className="w-fit cursor-pointer rounded-sm text-sm font-medium text-muted hover:text-ink">
        Guidelines
      </summary>
      <p className="mt-1.5 max-h-72 overflow-y-auto text-sm break-words whitespace-pre-wrap text-muted">
        {text}
      </p>
    </details>
  );
}
