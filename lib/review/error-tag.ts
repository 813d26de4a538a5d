import type { ErrorTag } from "./tag-schema";

/* Runs in a browser too, without the schemas. */

/** Stands where a version of the form names none. */
const USUAL_ERROR_TAGS: readonly ErrorTag[] = [
  {
    key: "misread",
    label: "Misread the input",
    hint: "What is right stands in the input, and was taken wrongly.",
  },
  { key: "made_up", label: "Made up", hint: "It says something that the input does not." },
  { key: "left_out", label: "Something left out", hint: "The input has it and the output lacks it." },
  {
    key: "mixed_up",
    label: "Mixed up with another",
    hint: "A right value in the wrong place, or of another case.",
  },
  {
    key: "wrong_reasoning",
    label: "Wrong conclusion",
    hint: "The facts are right and what follows from them is not.",
  },
  { key: "wrong_format", label: "Wrong form", hint: "Right in substance, in a form that cannot be used." },
  { key: "against_guidelines", label: "Against the guidelines" },
  { key: "bad_input", label: "The input misled it", hint: "Unreadable, cut off, or contradicting itself." },
];

/** The error tags that reviewers can choose from with a form: its own, else the usual ones; an empty list means none. */
export function errorTagsOf(definition: {
  error_tags?: readonly ErrorTag[] | undefined;
}): readonly ErrorTag[] {
  return definition.error_tags ?? USUAL_ERROR_TAGS;
}
