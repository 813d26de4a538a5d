import { type AnswerDefinition, answerDefinitionSchema } from "@/lib/review/schema";
import type { QueueItem } from "@/lib/testing/make-review-queue";

const field = (key: string, label: string, type: string, more: object = {}) => ({
  key,
  label,
  type,
  output_path: `/${key}`,
  truth_path: `/${key}`,
  ...more,
});
const options = (...values: string[]) => ({ options: values.map((value) => ({ value, label: value })) });

export const RIGHT_OR_WRONG: AnswerDefinition = answerDefinitionSchema.parse({
  fields: [field("ok", "Does the answer help?", "boolean")],
});

export const TEN_FIELDS: AnswerDefinition = answerDefinitionSchema.parse({
  fields: [
    field("kind", "Kind of document", "category", options("invoice", "reminder", "order")),
    field("language", "Language", "category", options("English", "German", "French")),
    field("urgent", "Urgent?", "boolean"),
    field("signed", "Signed?", "boolean"),
    field("department", "Department", "category", options("sales", "accounts", "support")),
    field("sender", "Sender", "text"),
    field("customer", "Customer number", "text"),
    field("total", "Total", "number"),
    field("items", "Number of items", "number"),
    field("city", "City", "text"),
  ],
});

const WORDS =
  "Dear Sir or Madam, we have received the goods that we ordered and ask you to send the invoice again.";

/** What a person reads of an item, in words. */
export function itemWords(form: "binary" | "ten fields"): number {
  return form === "binary" ? 40 : 80;
}

/** Forty words. */
export function shortItem(at: number): QueueItem {
  return {
    externalId: `letter-${at}`,
    input: { subject: `Letter ${at}`, text: `${WORDS} ${WORDS}` },
    output: { ok: at % 10 !== 0, text: "We have sent the invoice again." },
  };
}

export function tenAnswers(at: number): Record<string, string | number | boolean> {
  return {
    kind: "invoice",
    language: "English",
    urgent: true,
    signed: true,
    department: "sales",
    sender: "Northwind",
    customer: `C${10_000 + at}`,
    total: 1250,
    items: 40,
    city: "Bern",
  };
}

export function tenFieldItem(at: number): QueueItem {
  return {
    externalId: `document-${at}`,
    input: { subject: `Document ${at}`, text: `${WORDS} ${WORDS} ${WORDS} ${WORDS}` },
    output: { ...tenAnswers(at), ...(at % 5 === 0 ? { city: "Basel" } : {}) },
  };
}

const HALF_MEGABYTE = 500_000;
const filled = (text: string) => text.repeat(Math.ceil(HALF_MEGABYTE / text.length));

/** One short item to begin with, then one of every kind with half a megabyte. */
export function longItems(): QueueItem[] {
  const inputs: Record<string, unknown> = {
    start: "Short.",
    text: filled(`${WORDS} `),
    markdown: `# Policy\n\n${filled(`Some **bold** words and \`code\` in a paragraph. ${WORDS}\n\n- one\n- two\n\n`)}`,
    conversation: Array.from({ length: 2_500 }, (_, at) => ({
      role: at % 2 ? "assistant" : "user",
      content: `${WORDS} ${WORDS}`,
    })),
    table: Array.from({ length: 6_000 }, (_, at) => ({
      id: at,
      name: `Item ${at}`,
      price: at * 1.5,
      note: "some words",
    })),
    json: Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => [
        `key ${at}`,
        { number: at, text: "some words", list: [1, 2, 3] },
      ]),
    ),
    file: Buffer.from(Array.from({ length: 375_000 }, (_, at) => (at * 73 + (at >> 3)) % 256)).toString(
      "base64",
    ),
  };
  return Object.entries(inputs).map(([name, input]) => ({ externalId: name, input, output: { ok: true } }));
}
