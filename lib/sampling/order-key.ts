/**
 * Where a sample stands in the queue: its random number u as a part of its stratum's rate, so that at any moment the queue has got
 * equally far in every stratum and what was reviewed is a random sample of it. In [0, 1).
 */
export function orderKey(randomNumber: number, rate: number): number {
  return randomNumber / rate;
}
