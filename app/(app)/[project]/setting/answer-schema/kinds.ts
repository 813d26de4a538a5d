import type { FieldType } from "@/lib/review/schema";

/** The kinds of answer in a manager's words. */
export const KINDS: Record<FieldType, string> = {
  category: "One of several",
  boolean: "Yes or no",
  number: "Number",
  text: "Text",
  date: "Date",
};

export const KIND_OPTIONS = Object.entries(KINDS).map(([value, label]) => ({ value, label }));

/** How an answer of this kind is compared with the output. */
export const COMPARED: Record<FieldType, string> = {
  category: "Right when the output names the same option.",
  boolean: "Right when both say yes or both say no. “t”, “1” and “true” in the output count as yes.",
  number: "Right when the output is as close as allowed here; without a limit it must be equal.",
  text: "Right when both are the same after the differences chosen here are ignored.",
  date: "Right when it is the same day, or as close as allowed here.",
};
