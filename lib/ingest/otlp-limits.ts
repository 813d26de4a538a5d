import { Refusal } from "./refusal";

/** Values may hold values; deeper than this a body is not read, as other readers of the format do not. */
export const MAX_NESTED = 100;
/** An attribute may be two bytes: without a limit a small body would be millions of them. */
const MAX_VALUES = 1_000_000;

/** Counts the spans, attributes and values of one body. */
export interface ReadingLimit {
  /** @throws Refusal 413 */
  count(): void;
}

export function readingLimit(): ReadingLimit {
  let values = 0;
  return {
    count() {
      values += 1;
      if (values <= MAX_VALUES) return;
      const sentence = `The body has more than ${MAX_VALUES} spans, attributes and values. Send it in parts.`;
      throw new Refusal(413, "too_many_values", sentence);
    },
  };
}
