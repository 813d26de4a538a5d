/**
 * Stands for all values of an attribute that are not counted, or not drawn, by themselves. A sender who uses it as a value of its own
 * finds it counted among them.
 */
export const OTHER_VALUE = "$other";

/** How a value of a segment is written on a page. */
export function segmentValueText(value: string): string {
  if (value === OTHER_VALUE) return "all other values";
  return value === "" ? "(empty)" : value;
}
