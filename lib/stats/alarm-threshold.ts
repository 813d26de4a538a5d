/** Throws unless the number is finite and above 0; `what` starts the sentence. */
function checkPositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${what} must be a finite number above 0, got ${value}.`);
  }
}

/**
 * Alarm threshold for a budget of false alarms.
 *
 * Formula: A = D · N / f. The segments of one attribute share the observations, so their expected false alarms
 * add up to N / A for any number of segments; D attributes (the whole stream counts as one) have D times that.
 *
 * @param budget attributes D ≥ 1; observationsPerYear N > 0 over the whole project; acceptedPerYear f > 0,
 *   expected false alarms.
 * @returns A, without unit; a detector alarms when ln evidence ≥ ln A. Below 1 it would always alarm: f is then
 *   larger than the number of looks.
 * @throws RangeError when an argument is not positive and finite.
 * @see Shin, Ramdas & Rinaldo, arXiv 2203.03532 (bound on the average run length).
 * @example alarmThreshold({ attributes: 4, observationsPerYear: 36_500, acceptedPerYear: 0.5 }) // 292,000
 */
export function alarmThreshold(budget: {
  attributes: number;
  observationsPerYear: number;
  acceptedPerYear: number;
}): number {
  checkPositive(budget.attributes, "The number of attributes");
  checkPositive(budget.observationsPerYear, "The number of observations per year");
  checkPositive(budget.acceptedPerYear, "The accepted number of false alarms");
  return (budget.attributes * budget.observationsPerYear) / budget.acceptedPerYear;
}

/**
 * Bound on the expected number of false alarms at a threshold.
 *
 * Formula: f ≤ D · N / A; the inverse of `alarmThreshold`.
 *
 * @param plan threshold A > 0, attributes D ≥ 1, observationsPerYear N > 0.
 * @returns false alarms per year over all segments, at most this many on average.
 * @throws RangeError when an argument is not positive and finite.
 * @see Shin, Ramdas & Rinaldo, arXiv 2203.03532.
 * @example expectedFalseAlarms({ threshold: 292_000, attributes: 4, observationsPerYear: 36_500 }) // 0.5
 */
export function expectedFalseAlarms(plan: {
  threshold: number;
  attributes: number;
  observationsPerYear: number;
}): number {
  checkPositive(plan.threshold, "The threshold");
  checkPositive(plan.attributes, "The number of attributes");
  checkPositive(plan.observationsPerYear, "The number of observations per year");
  return (plan.attributes * plan.observationsPerYear) / plan.threshold;
}

/**
 * Thresholds that spend one budget of false alarms unequally over attributes.
 *
 * Formula: A_j = A / (D · g_j) with g_j = priority_j / Σ priorities; equal priorities give A for each.
 *
 * @param threshold A > 0 of the equal division. @param priorities D ≥ 1 positive numbers of any common scale;
 *   twice the priority spends twice the false alarms and finds a drop sooner.
 * @returns D thresholds; the expected false alarms add up to those of the equal division.
 * @throws RangeError when an argument is not positive and finite.
 * @see Dandapanthula & Ramdas, arXiv 2501.04130 (weighted budgets).
 * @example thresholdsByPriority(1000, [3, 1]) // [666.6…, 2000]
 */
export function thresholdsByPriority(threshold: number, priorities: readonly number[]): number[] {
  checkPositive(threshold, "The threshold");
  for (const priority of priorities) checkPositive(priority, "Every priority");
  const sum = priorities.reduce((total, priority) => total + priority, 0);
  checkPositive(priorities.length === 0 ? 1 : sum, "The sum of the priorities");
  return priorities.map((priority) => (threshold * sum) / (priorities.length * priority));
}
