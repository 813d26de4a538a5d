import { OTHER_VALUE } from "@/lib/core/segment-value";
import type { SegmentPart } from "@/lib/incident/segment-part";

/** What is known of a stratum of a closed cohort. */
export interface CohortStratum {
  /** What the outputs of the stratum have in common; "" and "" when the plan divides by nothing. */
  attribute: string;
  value: string;
  /**
   * Probability with which the plan counted on each of its outputs, at the least: from counts alone. Null when it counted on none,
   * and in cohorts that were closed before this was kept.
   */
  planned: number | null;
  /** Smallest inclusion probability of the samples that came of it; null when none came. */
  drawn: number | null;
}

/**
 * The smallest inclusion probability that an output of a segment can have in a cohort, on which its weights rest (d.2 of the theory:
 * the smallest among the strata). The segment's own labels cannot tell it: a day with one label, of an output that is drawn five times
 * as often as others, would give it the weight 1, and such outputs are drawn more often because they fail more often.
 *
 * Formula: min over the strata in which the segment can lie of min(planned, drawn). The plan's probability does not depend on chance.
 * Where less came of it than was planned (at a deadline, or when many could not be judged) that counts, so that no weight exceeds 1;
 * it is taken over the whole stratum, because the few labels of a segment would bring chance in again.
 *
 * @param strata all strata of the cohort that have traffic.
 * @returns a function of the single attributes and values of a segment; constant time.
 */
export function leastProbability(
  strata: readonly CohortStratum[],
): (parts: readonly SegmentPart[]) => number {
  const divisions = new Map<string, Division>();
  for (const { attribute, value, planned, drawn } of strata) {
    const least = Math.min(planned ?? 1, drawn ?? 1);
    const division = divisions.get(attribute) ?? { all: 1, of: new Map() };
    divisions.set(attribute, division);
    division.all = Math.min(division.all, least);
    division.of.set(value, Math.min(division.of.get(value) ?? 1, least));
  }
  return (parts) => {
    let least = 1;
    for (const [attribute, { all, of }] of divisions) {
      const part = parts.find((each) => each.attribute === attribute);
      // A value without a stratum of its own shares one with others.
      const own = part ? (of.get(part.value) ?? of.get(OTHER_VALUE) ?? all) : all;
      least = Math.min(least, own);
    }
    return least;
  };
}

/** The strata of one sampling attribute. */
interface Division {
  all: number;
  /** By value, normal and flagged outputs together. */
  of: Map<string, number>;
}
