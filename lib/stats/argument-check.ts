/** Throws unless the confidence level lies strictly between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`The confidence must lie strictly between 0 and 1, got ${confidence}.`);
  }
}

/** Throws unless the value lies in [0, 1]; `what` starts the sentence. */
export function checkShare(value: number, what: string): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${what} must lie between 0 and 1, got ${value}.`);
}

/** Throws unless the value is finite and at least 0; `what` starts the sentence. */
export function checkNonNegative(value: number, what: string): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(`${what} must be a finite number of at least 0, got ${value}.`);
  }
}

/** Throws unless every weight is positive and finite and so is their sum; returns the sum (0 for none). */
export function sumOfWeights(weights: readonly number[]): number {
  let sum = 0;
  for (const weight of weights) {
    if (!(weight > 0)) throw new RangeError(`Every weight must be positive, got ${weight}.`);
    sum += weight;
  }
  if (!(sum < Infinity)) throw new RangeError("The sum of the weights must be finite.");
  return sum;
}

/** Throws unless every label lies in [0, 1] and there are as many labels as weights. */
export function checkLabels(correct: readonly number[], weightCount: number): void {
  if (correct.length !== weightCount) {
    throw new RangeError(`There must be one weight per label, got ${weightCount} for ${correct.length}.`);
  }
  for (const label of correct) checkShare(label, "Every label");
}
