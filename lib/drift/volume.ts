import { studentQuantile } from "@/lib/stats/student-quantile";

/* Whether as much comes in as in the pilot at the same time of the week: pure. */

/** So many records came in one hour or one day; the slot says which times of the week belong together. */
export interface VolumeCount {
  slot: string;
  count: number;
}

export interface VolumeBaseline {
  /** Mean of the roots and of the counts, by slot. */
  slots: ReadonlyMap<string, { root: number; mean: number; n: number }>;
  /** Variance of the roots around them; 1 where records come independently of each other. */
  spread: number;
  degreesOfFreedom: number;
}

export type VolumeState = "low" | "high" | "unclear" | "normal";

const FEWEST_FREE = 4;
/** Smaller changes of the volume are nobody's business, however sure they are. */
const LEAST_RATIO = 1.5;
const NORMAL_RATIO = 1.25;
/** Tail below which a volume is not taken for normal again. */
const NORMAL_TAIL = 0.01;

/** Twice the root of a count varies by about 1 whatever its size, and by the same multiple for all where records come in clumps. */
const rootOf = (count: number) => 2 * Math.sqrt(count + 3 / 8);

/**
 * What the pilot says about volume, given all its whole hours (or days). Null when the same time of the week came too seldom to know how
 * much it varies.
 */
export function fitVolume(counts: readonly VolumeCount[]): VolumeBaseline | null {
  const bySlot = new Map<string, number[]>();
  for (const { slot, count } of counts) bySlot.set(slot, [...(bySlot.get(slot) ?? []), count]);
  const degreesOfFreedom = counts.length - bySlot.size;
  if (degreesOfFreedom < FEWEST_FREE) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const slots = new Map(
    [...bySlot].map(([slot, own]) => [slot, { root: mean(own.map(rootOf)), mean: mean(own), n: own.length }]),
  );
  let squares = 0;
  for (const { slot, count } of counts) squares += (rootOf(count) - (slots.get(slot)?.root ?? 0)) ** 2;
  return { slots, spread: Math.max(1, squares / degreesOfFreedom), degreesOfFreedom };
}

/**
 * Of one whole hour or day: clearly less or more than in the pilot at that time of the week, or about as much. `tail` is the chance that
 * a volume like the pilot's is taken for changed, in both directions together.
 */
export function judgeVolume(
  { slots, spread, degreesOfFreedom }: VolumeBaseline,
  { slot, count }: VolumeCount,
  tail: number,
): VolumeState {
  const usual = slots.get(slot);
  if (!usual) return "unclear";
  const distance = (rootOf(count) - usual.root) / Math.sqrt(spread * (1 + 1 / usual.n));
  const ratio = (count + 0.5) / (usual.mean + 0.5);
  const isFar = (factor: number) => ratio >= factor || ratio <= 1 / factor;
  if (isFar(LEAST_RATIO) && Math.abs(distance) > studentQuantile(tail / 2, degreesOfFreedom))
    return distance < 0 ? "low" : "high";
  const isNormal =
    !isFar(NORMAL_RATIO) || Math.abs(distance) < studentQuantile(NORMAL_TAIL / 2, degreesOfFreedom);
  return isNormal ? "normal" : "unclear";
}

/** A run of whole hours or days that are all clearly less, or all clearly more. */
export interface VolumeRun {
  direction: "low" | "high";
  /** Place of the first one. */
  from: number;
  count: number;
  usual: number;
}

/** The run that has not ended yet: the last one that is clear, with nothing normal after it. Counts in their order. */
export function lastRun(
  baseline: VolumeBaseline,
  counts: readonly VolumeCount[],
  tail: number,
): VolumeRun | null {
  let run: VolumeRun | null = null;
  for (const [at, each] of counts.entries()) {
    const state = judgeVolume(baseline, each, tail);
    if (state === "normal") run = null;
    if (state !== "low" && state !== "high") continue;
    const usual = baseline.slots.get(each.slot)?.mean ?? 0;
    const from: number = run?.direction === state ? run.from : at;
    run = { direction: state, from, count: each.count, usual };
  }
  return run;
}
