"use client";

import { useEffect } from "react";
import { useLoaded } from "@/components/ui/use-loaded";
import type { AnswerField, AnswerValue } from "@/lib/review/schema";

const loadDiff = () => import("./text-diff").then((loaded) => loaded.textDiff);

/** Two texts as one, with what only one of them has marked; nothing when there is no common ground, or until it is compared. */
export function MarkedText({
  field,
  answer,
  output,
}: {
  field: AnswerField;
  answer: AnswerValue | undefined;
  output: unknown;
}) {
  const [textDiff, fetchDiff] = useLoaded(loadDiff);
  const isText = field.type === "text";
  useEffect(() => {
    if (isText) void fetchDiff();
  }, [isText, fetchDiff]);
  const diff = textDiff?.(field, answer, output);
  if (!diff) return null;
  return (
    <p className="mt-2 border-t border-line pt-2 text-sm break-words whitespace-pre-wrap text-ink">
      {diff.map((part, index) =>
        part.kind === "same" ? (
          <span key={index}>{part.text}</span>
        ) : part.kind === "answer" ? (
          <del
            key={index}
            className="rounded-sm bg-good-soft px-0.5 text-good-ink no-underline"
            title="Only in your answer"
          >
            {part.text}
          </del>
        ) : (
          <ins
            key={index}
            className="rounded-sm bg-alarm-soft px-0.5 text-alarm-ink underline"
            title="Only in the output"
          >
            {part.text}
          </ins>
        ),
      )}
    </p>
  );
}
