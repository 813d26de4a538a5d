import { incompleteBeta, type BetaTails } from "./incomplete-beta";
import { normalQuantile } from "./normal-quantile";

type Tails = (x: number, complement: number) => BetaTails;
type Problem = { tails: Tails; probability: number; a: number; b: number };

/** First guess of ln x: Abramowitz & Stegun 26.5.22, or the power law of the lower tail for small shapes. */
function guess({ tails, probability, a, b }: Problem): number {
  if (a > 1 && b > 1) {
    const z = normalQuantile(probability);
    const l = (z * z - 3) / 6;
    const h = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1));
    const w =
      (z * Math.sqrt(h + l)) / h -
      (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (l + 5 / 6 - 2 / (3 * h));
    const logX = -Math.log1p((b / a) * Math.exp(-2 * w));
    if (Number.isFinite(logX)) return logX;
  }
  return Math.log(a / (a + b));
}

/**
 * Solves for t = ln x, x in (0, ½], on the logarithm of the smaller tail: that function is concave in t
 * for b ≥ 1, so Halley's step nearly always converges in two or three rounds; a bracket catches the rest.
 */
function solve(problem: Problem): number {
  const { tails, probability, a, b } = problem;
  const useLower = probability <= 0.5;
  const logTarget = Math.log(useLower ? probability : 1 - probability);
  const direction = useLower ? 1 : -1;
  let low = -Infinity;
  let high = Math.log(0.5);
  let t = Math.min(high, guess(problem));
  for (let round = 0; round < 200; round += 1) {
    const x = Math.exp(t);
    if (x === 0) return 0;
    const { lower, upper, powerTerm } = tails(x, 1 - x);
    const tail = useLower ? lower : upper;
    const excess = Math.log(tail) - logTarget;
    if (excess * direction > 0) high = t;
    else low = t;
    const slope = (direction * powerTerm) / ((1 - x) * tail);
    const newton = excess / slope;
    const curvature = a - ((b - 1) * x) / (1 - x) - slope;
    const step = newton / Math.min(2, Math.max(0.5, 1 - 0.5 * newton * curvature));
    if (Math.abs(step) < 1e-6) return Math.exp(t - step);
    const next = t - step;
    if (next > low && next < high) t = next;
    else if (Number.isFinite(low)) t = (low + high) / 2;
    else t = high - 2 ** round;
    (globalThis as any).R=((globalThis as any).R??0)+1;
  }
  return Math.exp(t);
}

export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`The probability must lie in 0 to 1, got ${probability}.`);
  }
  const tails = incompleteBeta(a, b);
  if (probability === 0) return 0;
  if (probability === 1) return 1;
  if (tails(0.5, 0.5).lower >= probability) return solve({ tails, probability, a, b });
  const mirrored: Tails = (x, complement) => {
    const { lower, upper, powerTerm } = tails(complement, x);
    return { lower: upper, upper: lower, powerTerm };
  };
  return 1 - solve({ tails: mirrored, probability: 1 - probability, a: b, b: a });
}
