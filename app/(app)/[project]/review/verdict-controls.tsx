"use client";

import { lazy, type RefObject, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { KeyMap } from "./key-map";
import type { HeldItem, ReviewEvent, Verdict } from "./review-state";

export const loadRemarks = () => import("./remark-controls");
const RemarkControls = lazy(async () => ({ default: (await loadRemarks()).RemarkControls }));

/** Where a person says that the comparison is wrong, and why; and may leave a note. */
export function VerdictControls({
  held,
  computed,
  unexplained,
  keys,
  reasonRef,
  commentRef,
  dispatch,
}: {
  held: HeldItem;
  computed: Verdict;
  /** Submitting was tried without a reason. */
  unexplained: boolean;
  /** The letters to show; null while single keys are off. */
  keys: KeyMap | null;
  reasonRef: RefObject<HTMLInputElement | null>;
  commentRef: RefObject<HTMLTextAreaElement | null>;
  dispatch: (event: ReviewEvent) => void;
}) {
  const standing = held.overrule ?? computed;
  const differs = standing !== computed;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <fieldset className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <legend className="float-left text-sm text-muted">Do you see it differently?</legend>
        <div className="flex gap-2">
          <Choice
            value="CORRECT"
            standing={standing}
            hotkey={keys && keys.right.toUpperCase()}
            dispatch={dispatch}
          >
            Right
          </Choice>
          <Choice
            value="INCORRECT"
            standing={standing}
            hotkey={keys && keys.wrong.toUpperCase()}
            dispatch={dispatch}
          >
            Wrong
          </Choice>
        </div>
      </fieldset>
      {differs ? (
        <Field
          label={standing === "CORRECT" ? "Why does it count as right?" : "Why does it count as wrong?"}
          required
          error={
            unexplained && held.overruleReason.trim() === "" ? "Please say why in a few words." : undefined
          }
        >
          <Input
            ref={reasonRef}
            value={held.overruleReason}
            maxLength={500}
            autoComplete="off"
            placeholder="For example: both names mean the same"
            onChange={(event) => dispatch({ type: "reasoned", reason: event.currentTarget.value })}
          />
        </Field>
      ) : null}
      {standing === "INCORRECT" ? (
        <Suspense>
          <RemarkControls
            held={held}
            keys={keys}
            onRemark={(change) => dispatch({ type: "remarked", change })}
          />
        </Suspense>
      ) : null}
      <Field label="Note for your team (optional)" hideLabel>
        <Textarea
          ref={commentRef}
          rows={1}
          value={held.comment}
          maxLength={2_000}
          placeholder={keys ? `Note for your team (${keys.comment.toUpperCase()})` : "Note for your team"}
          className="field-sizing-content max-h-40"
          onChange={(event) => dispatch({ type: "commented", comment: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}

function Choice({
  value,
  standing,
  hotkey,
  dispatch,
  children,
}: {
  value: Verdict;
  standing: Verdict;
  hotkey: string | null;
  dispatch: (event: ReviewEvent) => void;
  children: string;
}) {
  const chosen = value === standing;
  return (
    <Button
      aria-pressed={chosen}
      aria-label={`The output is ${children.toLowerCase()}`}
      className={cn("h-10 sm:h-8", chosen && "border-accent bg-accent-soft text-accent-ink")}
      onClick={() => dispatch({ type: "overruled", verdict: value })}
    >
      {children}
      {hotkey ? (
        <span aria-hidden="true" className="hidden sm:inline">
          <Kbd>{hotkey}</Kbd>
        </span>
      ) : null}
    </Button>
  );
}
