import { diffWordsWithSpace } from "diff";
import type { AnswerField, AnswerValue } from "@/lib/review/schema";

/** Longer texts are shown without marks: the comparison would block the page. */
const DIFFED_CHARACTERS = 4_000;

export interface DiffPart {
  text: string;
  kind: "same" | "answer" | "output";
}

/** Answer and output word by word; null when there is nothing worth marking. */
export function textDiff(
  field: AnswerField,
  answer: AnswerValue | undefined,
  output: unknown,
): DiffPart[] | null {
  if (field.type !== "text" || typeof answer !== "string" || typeof output !== "string") return null;
  if (answer.length + output.length > DIFFED_CHARACTERS) return null;
  const parts = diffWordsWithSpace(answer, output).map(
    (part): DiffPart => ({
      text: part.value,
      kind: part.added ? "output" : part.removed ? "answer" : "same",
    }),
  );
  return parts.some((part) => part.kind === "same" && part.text.trim() !== "") ? parts : null;
}
