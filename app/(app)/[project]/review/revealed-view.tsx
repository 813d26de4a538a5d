"use client";

import { useEffect } from "react";
import type { AnswerField } from "@/lib/review/schema";
import type { RevealedOutput } from "@/lib/review/wire-schema";
import { AnswerForm } from "./answer-form";
import { Guidelines } from "./guidelines";
import { RevealView } from "./reveal-view";
import type { ReviewItemViewProps } from "./review-item-view";
import { loadRemarks, VerdictControls } from "./verdict-controls";
import type { VerdictNow } from "./verdict-now";

/** Phase B: output and answer, what is asked about the output, and what this person makes of it. */
export function RevealedView({
  held,
  revealed,
  now,
  fields,
  keys,
  hotkey,
  unexplained,
  formRef,
  verdictRef,
  reasonRef,
  commentRef,
  dispatch,
}: ReviewItemViewProps & {
  revealed: RevealedOutput;
  now: VerdictNow;
  /** What is asked about the output itself. */
  fields: readonly AnswerField[];
  /** Of the guidelines. */
  hotkey: string | null;
}) {
  const { item } = held;
  useEffect(() => {
    loadRemarks().catch(() => undefined);
  }, []);
  return (
    <>
      <RevealView
        form={item.form}
        revealed={revealed}
        now={now}
        verdict={held.overrule ?? now.verdict}
        verdictRef={verdictRef}
      >
        {fields.length > 0 ? (
          <AnswerForm
            label="Your scores for the output"
            fields={fields}
            draft={held.draft}
            problems={held.problems}
            activeField={held.activeField}
            singleKeys={keys !== null}
            disabled={false}
            formRef={formRef}
            onAnswer={(field, value) => dispatch({ type: "answered", field, value })}
            onActive={(index) => dispatch({ type: "active", index })}
          />
        ) : null}
      </RevealView>
      <VerdictControls
        held={held}
        computed={now.verdict}
        unexplained={unexplained}
        keys={keys}
        reasonRef={reasonRef}
        commentRef={commentRef}
        dispatch={dispatch}
      />
      <Guidelines text={item.form.instructions} hotkey={hotkey} folded />
    </>
  );
}
