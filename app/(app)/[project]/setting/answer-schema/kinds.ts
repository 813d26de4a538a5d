import type { FieldType } from "@/lib/review/schema";

/** The kinds of answer in a manager's words. */
export const KINDS: Record<FieldType, string> = {
  category: "One of several",
  categories: "Any of several",
  boolean: "Yes or no",
  number: "Number",
  date: "Date",
  text: "Text",
  list: "List of texts",
  rubric: "Score for the output",
};

export const KIND_OPTIONS = Object.entries(KINDS).map(([value, label]) => ({ value, label }));

/** How an answer of this kind is compared with the output. */
export const COMPARED: Record<FieldType, string> = {
  category: "Right when the output names the same option.",
  categories:
    "Right when the output names the same options, in any order. It may be a list, a text with commas, or say true or false to each.",
  boolean: "Right when both say yes or both say no. “t”, “1” and “true” in the output count as yes.",
  number: "Right when the output is as close as allowed here; without a limit it must be equal.",
  text: "Right when both are the same after the differences chosen here are ignored.",
  date: "Right when it is the same day, or as close as allowed here.",
  list: "Right when the output has the same lines, in any order, after the differences chosen here are ignored.",
  rubric:
    "Nothing is compared: reviewers score the output itself, after they have answered everything else and seen it.",
};
