/* How much one filter may say. Browser-safe. */

export const MOST_SEGMENTS = 5;
export const MOST_EXCLUDED = 10;
export const MOST_TEXTS = 5;

/** In characters, of each value. */
export const LONGEST = {
  segment: 1200,
  version: 200,
  flag: 100,
  field: 600,
  id: 200,
  reviewer: 200,
  not: 1200,
  text: 200,
} as const;
