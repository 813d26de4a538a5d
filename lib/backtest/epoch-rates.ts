import { DAY_MS } from "@/lib/sampling/open-epoch";
import { smoothedError, type StratumErrors } from "@/lib/sampling/past-error";
import { type DayVolume, forecastVolumes } from "@/lib/sampling/past-volume";
import { epochBudget, OVERDRAW, planRates } from "@/lib/sampling/plan-rates";
import { type StratumKey, stratumKeyText, TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import { settleRates } from "@/lib/sampling/settle-rates";
import type { Draw, ReplayPlan, SampledEpoch, SampledStratum } from "./sampled-epoch";

/*
 * The rates of one epoch as open-epoch.ts, ensure-strata.ts and close-epoch.ts decide them, without a database. That both give the
 * same samples is shown by lib/dev/coverage/coverage.test.ts.
 */

const VOLUME_DAYS = 60;
const ERROR_DAYS = 28;
const LEAST_VOLUME = 0.01;

/** A day with the rates of the strata that are expected in it, from the volumes and labels of earlier days only. */
export function openDay(startsAt: number, before: readonly SampledEpoch[], plan: ReplayPlan): SampledEpoch {
  const recent = recentDays(before);
  const forecast = forecastVolumes(pastVolumes(recent, startsAt), new Date(startsAt));
  const perDay = total(forecast.values()) || plan.expectedPerDay;
  const averageRate = epochBudget(plan, { epoch: perDay, week: perDay * 7, lengthDays: 1 }) / perDay;
  const errors = pastErrors(recent, startsAt);
  const known = new Map<string, StratumKey>();
  for (const { strata } of recent) for (const { id, key } of strata.values()) known.set(id, key);
  const rated = [...forecast].flatMap(([id, volume]) => {
    const key = known.get(id);
    if (!key || volume < LEAST_VOLUME || key.attribute !== (plan.attribute ?? "")) return [];
    const { value, flagged } = key;
    return [{ id, key, value, flagged, volume, pastError: smoothedError(errors, id) }];
  });
  const planned = planRates(plan, averageRate * total(rated.map(({ volume }) => volume)), rated);
  const strata = new Map<string, SampledStratum>();
  for (const { id, key, pastError } of rated) {
    const place = planned.get(id);
    if (place) strata.set(id, { ...emptyStratum(id, key), ...place, pastError });
  }
  return { startsAt, closed: false, forecast, unseenRate: Math.min(1, OVERDRAW * averageRate), strata };
}

/** The stratum of a key in an epoch, opened at the epoch's rate for unseen ones when it is first seen there. */
export function openStratum(
  epoch: SampledEpoch,
  key: StratumKey,
  before: readonly SampledEpoch[],
): SampledStratum {
  const id = stratumKeyText(key);
  const known = epoch.strata.get(id);
  if (known) return known;
  const stratum: SampledStratum = {
    ...emptyStratum(id, key),
    rate: key.attribute === TRUTH_ATTRIBUTE ? 1 : epoch.unseenRate,
    pastError: smoothedError(pastErrors(recentDays(before), epoch.startsAt), id),
  };
  epoch.strata.set(id, stratum);
  return stratum;
}

/** Settles the rates of a day from its true volumes and draws the samples. */
export function closeDay(epoch: SampledEpoch, plan: ReplayPlan, { randomNumbers }: Draw): void {
  epoch.closed = true;
  const perDay = total(epoch.forecast.values());
  const strata = [...epoch.strata.values()];
  const sampled = strata.filter(({ key }) => key.attribute !== TRUTH_ATTRIBUTE);
  const counted = sampled.map(({ id, key, rate, pastError, outputs }) => ({
    id,
    value: key.value,
    flagged: key.flagged,
    openingRate: rate,
    pastError,
    volume: outputs.length,
    processedBelow: leastBelow(rate, outputs, randomNumbers),
  }));
  const settled = settleRates(plan, { lengthDays: 1, expectedPerDay: perDay > 0 ? perDay : null }, counted);
  for (const [at, stratum] of sampled.entries()) Object.assign(stratum, settled[at]);
  for (const stratum of strata) draw(stratum, randomNumbers);
}

/** A day is one epoch at most, so no rule looks further back. */
function recentDays(before: readonly SampledEpoch[]): readonly SampledEpoch[] {
  return before.slice(-VOLUME_DAYS - 1);
}

function emptyStratum(id: string, key: StratumKey): SampledStratum {
  const empty = { rate: 0, target: 0, pastError: 0, looked: 0, reviewed: 0, wrong: 0 };
  return { id, key, ...empty, outputs: [], candidates: [] };
}

function draw(stratum: SampledStratum, randomNumbers: Float64Array): void {
  const { rate, outputs, key } = stratum;
  const numberOf = (output: number) => randomNumbers[output] ?? 1;
  stratum.candidates = outputs.filter((output) => numberOf(output) < rate);
  stratum.candidates.sort((a, b) => numberOf(a) - numberOf(b) || a - b);
  // What is known already waits for nobody.
  if (key.attribute === TRUTH_ATTRIBUTE) stratum.looked = stratum.candidates.length;
}

/** Nobody has looked at anything before its day was closed, so the first candidate is the first that is open. */
function leastBelow(rate: number, outputs: readonly number[], randomNumbers: Float64Array): number {
  let least = rate;
  for (const output of outputs) least = Math.min(least, randomNumbers[output] ?? 1);
  return least;
}

function pastVolumes(epochs: readonly SampledEpoch[], before: number): DayVolume[] {
  const volumes: DayVolume[] = [];
  for (const { startsAt, strata } of epochs) {
    if (startsAt + DAY_MS > before || startsAt < before - VOLUME_DAYS * DAY_MS) continue;
    const day = new Date(startsAt);
    for (const { id, key, outputs } of strata.values()) {
      if (key.attribute !== TRUTH_ATTRIBUTE && outputs.length > 0)
        volumes.push({ stratumId: id, day, outputs: outputs.length });
    }
  }
  return volumes;
}

function pastErrors(epochs: readonly SampledEpoch[], before: number): StratumErrors[] {
  const sums = new Map<string, StratumErrors>();
  for (const { startsAt, strata } of epochs) {
    if (startsAt + DAY_MS > before || startsAt < before - ERROR_DAYS * DAY_MS) continue;
    for (const { id, reviewed, wrong } of strata.values()) {
      if (reviewed === 0) continue;
      const sum = sums.get(id);
      if (sum) Object.assign(sum, { reviewed: sum.reviewed + reviewed, wrong: sum.wrong + wrong });
      else sums.set(id, { stratumId: id, reviewed, wrong });
    }
  }
  return [...sums.values()];
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
