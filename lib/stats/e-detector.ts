import { betCount, betGrid } from "./bet-grid";

/** All that a detector knows; survives a round trip through JSON. */
export type DetectorState = {
  /** 12 natural logarithms of the Shiryaev-Roberts sums; null for a sum of 0, before the first observation. */
  logSums: (number | null)[];
  /** 12 natural logarithms of the CUSUM products, which only date the change. */
  cusums: number[];
  /** 12 indices of the observation at which each CUSUM last began. */
  starts: number[];
  /** Observations so far, which is the index of the next one. */
  observations: number;
};

export type Detector = {
  /** Takes the next observation; returns ln of the evidence that errors now exceed the boundary. */
  step: (error: number, weight: number) => number;
  state: () => DetectorState;
  /** Index of the observation at which the change likely began, counted like `observations`. */
  changeStart: () => number;
  observations: () => number;
};

/** Sums stop here (e^667), far above any threshold and below overflow; less evidence is always allowed. */
const largestSum = 1e290;

const repeat = <Value>(value: Value): Value[] => Array.from({ length: betCount }, () => value);

export function newDetectorState(): DetectorState {
  return { logSums: repeat(null), cusums: repeat(0), starts: repeat(0), observations: 0 };
}

function checkState({ logSums, cusums, starts, observations }: DetectorState): void {
  const index = (value: number) => Number.isSafeInteger(value) && value >= 0;
  const complete = [logSums, cusums, starts].every(({ length }) => length === betCount);
  const sound =
    logSums.every((log) => log === null || Number.isFinite(log)) &&
    cusums.every(
      (log, k) => Number.isFinite(log) && log <= Math.max(0, logSums[k] ?? 0) + 1e-6 * (1 + Math.abs(log)),
    ) &&
    starts.every((start) => index(start) && start <= observations);
  if (!(complete && sound && index(observations))) {
    throw new RangeError(
      "The detector's state must hold 12 sums, 12 CUSUMs not above their sums, and 12 starts not after the last observation.",
    );
  }
}

function refuse(error: number, weight: number): never {
  throw new RangeError(
    `An observation must have an error in 0 to 1 and a weight above 0 and up to 1, got ${error} and ${weight}.`,
  );
}

type Sums = { bets: Float64Array; sums: Float64Array; cusums: Float64Array; starts: Float64Array };

/** One observation into every sum, in place; returns their total. */
function advance({ bets, sums, cusums, starts }: Sums, excess: number, index: number): number {
  const size = bets.length;
  let total = 0;
  for (let k = 0; k < size; k += 1) {
    const factor = 1 + (bets[k] ?? 0) * excess;
    const sum = ((sums[k] ?? 0) + 1) * factor;
    sums[k] = sum;
    total += sum;
    let cusum = cusums[k] ?? 0;
    if (cusum <= 1) {
      cusum = 1;
      starts[k] = index;
    }
    cusums[k] = cusum * factor;
  }
  return total;
}

/**
 * Change detector: mixture e-detector of Shiryaev-Roberts type ("e-SR") on weighted errors.
 *
 * Formula: with the bets λ of `betGrid`, each observation (d, w) gives twelve factors 1 + λ w (d − e₀);
 * sum ← (sum + 1) · factor, evidence = mean of the twelve sums. CUSUM ← max(CUSUM, 1) · factor dates the change:
 * it began where the CUSUM of the largest sum last rose above 1. While the error rate is at most e₀, alarms at
 * evidence ≥ A, each followed by a new detector, number at most N / A on average in N observations, however
 * often anyone looks. Sums are products of positive factors, so they are kept as they are and the logarithm is
 * taken once: measured 55 ns an observation. They stop at e^667.
 *
 * @param boundaryError e₀ in [0.003, 0.95]. @param from a state to continue from, by default a new one; a new
 *   state with `observations: n` goes on counting at n. A continued run differs by rounding only (1e-14).
 * @returns the detector; `step` takes the error d in [0, 1] and the weight w = smallest inclusion probability
 *   of the segment / inclusion probability of this output, in (0, 1], and returns a natural logarithm.
 * @throws RangeError when the boundary error, the state, or (in `step`) an observation is out of range.
 * @see Shin, Ramdas & Rinaldo, "E-detectors", arXiv 2203.03532; Page, Biometrika 41, 1954 (CUSUM).
 * @example openDetector(0.05).step(1, 1) // ln of the mean of e₁ / e₀ = 1.70…
 */
export function openDetector(boundaryError: number, from: DetectorState = newDetectorState()): Detector {
  const { bets } = betGrid(boundaryError);
  checkState(from);
  const sums = Float64Array.from(from.logSums, (log) => (log === null ? 0 : Math.exp(log)));
  const cusums = Float64Array.from(from.cusums, Math.exp);
  const starts = Float64Array.from(from.starts, (start, k) =>
    from.logSums[k] === null ? from.observations : start,
  );
  const all = { bets: Float64Array.from(bets), sums, cusums, starts };
  let observations = from.observations;

  function step(error: number, weight: number): number {
    if (!(error >= 0 && error <= 1 && weight > 0 && weight <= 1)) refuse(error, weight);
    const excess = weight * (error - boundaryError);
    const total = advance(all, excess, observations);
    observations += 1;
    return Math.log((total > largestSum ? hold() : total) / betCount);
  }

  /** Keeps every sum within bounds; returns their total. A CUSUM is never above its sum. */
  function hold(): number {
    for (let k = 0; k < betCount; k += 1) {
      sums[k] = Math.min(largestSum, sums[k] ?? 0);
      cusums[k] = Math.min(largestSum, cusums[k] ?? 0);
    }
    return sums.reduce((total, sum) => total + sum, 0);
  }

  return {
    step,
    state: () => ({
      logSums: Array.from(sums, (sum) => (sum === 0 ? null : Math.log(sum))),
      cusums: Array.from(cusums, Math.log),
      starts: Array.from(starts),
      observations,
    }),
    changeStart: () => starts[sums.indexOf(Math.max(...sums))] ?? observations,
    observations: () => observations,
  };
}
