/* When an attribute has too many values to be a segment: pure. */

/** Different values within two days from which on an attribute is none that anybody can look at. */
export const MOST_SEGMENT_VALUES = 500;
/** It has calmed below half of that, so that it does not flicker. */
const CALM_VALUES = MOST_SEGMENT_VALUES / 2;

export function judgeSpread(values: number): "exploded" | "unclear" | "normal" {
  if (values > MOST_SEGMENT_VALUES) return "exploded";
  return values < CALM_VALUES ? "normal" : "unclear";
}
