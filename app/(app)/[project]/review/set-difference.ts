import { normalisedText, setMembers } from "@/lib/review/field-value";
import type { AnswerField, AnswerValue } from "@/lib/review/schema";
import { shownValue } from "./field-difference";

export interface SetPart {
  text: string;
  kind: "same" | "answer" | "output";
}

const isSet = (field: AnswerField) => field.type === "categories" || field.type === "list";

/** The members of two sets, what both have first; null for other kinds of answer, and for what cannot be read as a set. */
export function setDifference(
  field: AnswerField,
  answer: AnswerValue | undefined,
  output: unknown,
): SetPart[] | null {
  if (!isSet(field)) return null;
  const [mine, theirs] = [setMembers(field, answer), setMembers(field, output)];
  if (!mine || !theirs) return null;
  const named = (value: string) => shownValue({ ...field, type: "category" }, value);
  const counted = (value: string) => (field.type === "list" ? normalisedText(value, field.normalise) : value);
  const [mineCounted, theirsCounted] = [new Set(mine.map(counted)), new Set(theirs.map(counted))];
  const parts = [
    ...mine.map((value) => ({ value, kind: theirsCounted.has(counted(value)) ? "same" : "answer" }) as const),
    ...theirs
      .filter((value) => !mineCounted.has(counted(value)))
      .map((value) => ({ value, kind: "output" }) as const),
  ];
  const inOrder = [
    ...parts.filter(({ kind }) => kind === "same"),
    ...parts.filter(({ kind }) => kind !== "same"),
  ];
  return inOrder.map(({ value, kind }) => ({ text: named(value), kind }));
}
