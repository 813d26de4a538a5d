/*
 * Outputs of one epoch with the same input, answer and model version are right or wrong together: one of them is drawn for all m. Its
 * number is u / m, so that it is drawn with probability min(1, m × rate), as one of m tickets would be; it weighs m / that. Whatever the
 * sizes, no unit weighs more than an ordinary one or than what it stands for (priority sampling: Duffield, Lund & Thorup 2007).
 */

/** The number that takes part in the draw; `randomNumber` is the permanent one of the unit. */
export function sharedNumber(randomNumber: number, members: number): number {
  return randomNumber / members;
}

/** Inclusion probability of a unit of outputs under an effective rate. */
export function sharedProbability(rate: number, members: number): number {
  return Math.min(1, rate * members);
}

/** Outputs that a drawn unit stands for. */
export function sharedWeight(rate: number, members: number): number {
  return members / sharedProbability(rate, members);
}
