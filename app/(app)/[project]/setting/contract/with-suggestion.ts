import type { Rule } from "@/lib/contract/schema";
import type { Suggestion } from "@/lib/contract/suggestion-schema";

/** The rule of now with what is suggested; values that others suggested stay. */
export function withSuggestion(now: Rule | undefined, { before, after }: Suggestion): Rule | null {
  if (!now || !after) return null;
  if ((now.rule === "values" || now.rule === "labels") && "values" in after && "values" in before) {
    const fresh = after.values.filter((value) => !before.values.includes(value));
    return { ...now, ...peoples(after), values: [...new Set([...now.values, ...fresh])] };
  }
  return after;
}

function peoples({ origin, expected_rate, rate_at_most }: Rule) {
  return { origin, expected_rate, rate_at_most };
}
