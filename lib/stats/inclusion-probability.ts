function checkPositiveProbability(value: number, what: string): void {
  if (!(value > 0 && value <= 1)) {
    throw new RangeError(`${what} must be above 0 and at most 1, got ${value}.`);
  }
}

/**
 * Inclusion probability of a record under two-phase sampling: the source sampled first, then we did.
 *
 * Formula: π = π₁ · π₂; the two draws are independent because their hashes use different salts.
 * The weight of the record in an estimate is 1/π.
 *
 * @param sourceProbability π₁ in (0, 1]; null when the source does not tell: then it counts as 1, and
 *   estimates describe the records received, not all traffic.
 * @param samplingProbability π₂ in (0, 1].
 * @returns π, a probability in (0, 1].
 * @throws RangeError when a probability is not above 0 and at most 1, or the product is too small for a number.
 * @see Särndal, Swensson & Wretman, Model Assisted Survey Sampling, 1992, chapter 9.
 * @example inclusionProbability(0.25, 0.1) // 0.025
 */
export function inclusionProbability(sourceProbability: number | null, samplingProbability: number): number {
  const first = sourceProbability ?? 1;
  checkPositiveProbability(first, "The source probability");
  checkPositiveProbability(samplingProbability, "The sampling probability");
  const product = first * samplingProbability;
  if (product === 0) throw new RangeError("The product of the two probabilities is too small for a number.");
  return product;
}
