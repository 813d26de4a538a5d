import type { AnswerField } from "@/lib/review/schema";
import type { FieldReading } from "@/lib/review/trial-schema";

export interface ReadingWords {
  text: string;
  /** Something that a manager should look at. */
  warn: boolean;
}

const READ_AS: Partial<Record<AnswerField["type"], string>> = {
  category: "is none of the options",
  categories: "is not among the options",
  boolean: "says neither yes nor no",
  number: "is not a number",
  date: "is not a date like 2026-03-02",
  text: "is not a text",
  list: "is not a list of texts",
};

/** What the newest outputs have at the place of a question, in sentences. */
export function readingWords(field: AnswerField, reading: FieldReading, lookedAt: number): ReadingWords {
  if (lookedAt === 0) return { text: "There is no output yet to look at.", warn: false };
  const place = field.output_path === "" ? "The whole value" : field.output_path;
  const [none, of] =
    lookedAt === 1
      ? ["the only output", "the only output"]
      : [`any of the ${lookedAt} newest outputs`, `all of the ${lookedAt} newest outputs`];
  if (reading.found === 0) return { text: `${place} has nothing in ${none}.`, warn: true };
  const missing = lookedAt - reading.found;
  const found =
    missing === 0
      ? `${place} is there in ${of}.`
      : `${place} has nothing in ${missing} of the ${lookedAt} newest outputs.`;
  const examples = reading.examples.map((each) => `“${each}”`).join(", ");
  if (reading.unreadable === 0) return { text: `${found} For example ${examples}.`, warn: false };
  const what = READ_AS[field.type] ?? "cannot be read";
  return { text: `${found} In ${reading.unreadable} it ${what}: ${examples}.`, warn: true };
}
