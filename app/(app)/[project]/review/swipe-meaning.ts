import { optionValue } from "./review-key";
import type { HeldItem } from "./review-state";
import type { SwipeDirection } from "./swipe";
import { twoWayField } from "./two-way-field";
import { verdictNow } from "./verdict-now";

export type SwipeMeaning =
  /** Of the only question, one of its two answers; then the output is shown. */
  { do: "answer"; label: string; field: string; value: string | boolean } | { do: "submit"; label: string };

/** What a swipe over the item does now; null when nothing. Left is the left answer, and with the output in view the next item. */
export function swipeMeaning(held: HeldItem, direction: SwipeDirection): SwipeMeaning | null {
  const { item } = held;
  if (item.revealed)
    return direction === "left" && verdictNow(item, held.draft)?.open === false
      ? { do: "submit", label: "Submit and next" }
      : null;
  const field = twoWayField(item.form.definition.fields);
  if (!field || held.lost) return null;
  const option = direction === "left" ? 0 : 1;
  const value = optionValue(field, option);
  const label = field.type === "boolean" ? (option === 0 ? "Yes" : "No") : field.options?.[option]?.label;
  return value === undefined || label === undefined ? null : { do: "answer", label, field: field.key, value };
}
