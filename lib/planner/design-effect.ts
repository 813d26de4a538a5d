import type { PreviewRow } from "@/lib/sampling/schema";

export interface DrawnPart {
  outputs: number;
  reviews: number;
}

/**
 * By how much more reviews are needed because some outputs are drawn more often than others (Kish): n Σ(N²/n) / (Σ N)². For two
 * rates it is `oversamplingDesignEffect`. Parts without a review say nothing; 1 when nothing is reviewed.
 */
export function designEffect(parts: readonly DrawnPart[]): number {
  const drawn = parts.filter(({ outputs, reviews }) => outputs > 0 && reviews > 0);
  const outputs = drawn.reduce((sum, part) => sum + part.outputs, 0);
  const reviews = drawn.reduce((sum, part) => sum + part.reviews, 0);
  const spread = drawn.reduce((sum, part) => sum + part.outputs ** 2 / part.reviews, 0);
  return drawn.length === 0 ? 1 : Math.max(1, (reviews * spread) / outputs ** 2);
}

/** Flagged outputs of a value and its others: each has one rate. */
export function partsOfRow(row: PreviewRow): DrawnPart[] {
  return [
    { outputs: row.flagged_outputs_per_week, reviews: row.flagged_reviews_per_week },
    {
      outputs: row.outputs_per_week - row.flagged_outputs_per_week,
      reviews: row.reviews_per_week - row.flagged_reviews_per_week,
    },
  ];
}
