import { answerDefinitionSchema } from "@/lib/review/schema";
import { type RevealedOutput, type ReviewItem, type ReviewQueueStatus } from "@/lib/review/wire-schema";

export const TWO_FIELDS = answerDefinitionSchema.parse({
  fields: [
    { key: "label", label: "Spam?", type: "boolean", output_path: "/label", truth_path: "/label" },
    { key: "reason", label: "Why?", type: "text", output_path: "/reason", truth_path: "/reason" },
  ],
});

export function makeItem(slot: string, revealed: RevealedOutput | null = null): ReviewItem {
  return {
    slot_id: slot,
    lease_token: `token of ${slot}`,
    seconds_left: 300,
    reference: `case ${slot}`,
    input: { text: "hello" },
    input_flags: [],
    form: { id: "form", version: 1, definition: TWO_FIELDS, instructions: "" },
    revealed,
    shown: null,
    opinions: null,
  };
}

export function makeRevealed(verdict: "CORRECT" | "INCORRECT"): RevealedOutput {
  return {
    answer: { label: true, reason: "offer" },
    output: { label: true, reason: "offer" },
    output_values: { label: true, reason: "offer" },
    field_results: [
      { field: "label", result: "match" },
      { field: "reason", result: verdict === "CORRECT" ? "match" : "mismatch" },
    ],
    score: verdict === "CORRECT" ? 1 : 0.5,
    verdict,
  };
}

export function makeQueue(change: Partial<ReviewQueueStatus> = {}): ReviewQueueStatus {
  return {
    done_today: 3,
    left: 10,
    left_is_at_least: false,
    deferred: 0,
    forecast: null,
    forecast_after: 5,
    prefix: null,
    build: "first",
    empty: null,
    ...change,
  };
}
