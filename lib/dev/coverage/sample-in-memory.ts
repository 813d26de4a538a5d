import { createHash } from "node:crypto";
import { recordedWeeks } from "@/lib/dev/replay/recorded-stream";
import { DAY_MS } from "@/lib/sampling/open-epoch";
import { smoothedError, type StratumErrors } from "@/lib/sampling/past-error";
import { type DayVolume, forecastVolumes } from "@/lib/sampling/past-volume";
import { epochBudget, OVERDRAW, planRates } from "@/lib/sampling/plan-rates";
import { type StratumKey, stratumKey, stratumKeyText, TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import { settleRates } from "@/lib/sampling/settle-rates";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import type { RecordedSet } from "./recorded-set";
import type { SampleOptions } from "./sample-recorded";

/*
 * The path of sample-recorded.ts without a database: the product's own rules (rates, settling, hash, queue order) on arrays, so that
 * many seeds are cheap. coverage.test.ts shows that both give the same estimates to nine digits.
 */

export interface MemoryOutput {
  externalId: string;
  /** Monday of its week. */
  week: string;
  segments: [string, string][];
  randomNumber: number;
  secondLook: boolean;
  score: number | null;
  state: "NOT_DRAWN" | "QUEUED" | "UNSURE" | "SETTLED" | "WITHDRAWN";
}

export interface MemoryStratum {
  id: string;
  key: StratumKey;
  rate: number;
  target: number;
  pastError: number;
  outputs: MemoryOutput[];
}

export interface MemoryEpoch {
  startsAt: number;
  closed: boolean;
  unseenRate: number;
  strata: Map<string, MemoryStratum>;
}

const PLAN = {
  floorPerEpoch: 5,
  flaggedFactor: 3,
  rateRatioCap: 10,
  doubleReviewShare: 0.1,
  expectedPerDay: 1000,
};
const DRAWN = new Set(["QUEUED", "UNSURE", "SETTLED", "WITHDRAWN"]);

type Looks = { output: MemoryOutput; key: number; look: number }[];

/** All epochs of a stream after sampling and reviewing it week by week. */
export function sampleInMemory(set: RecordedSet, options: SampleOptions): MemoryEpoch[] {
  const plan = { ...PLAN, reviewsPerWeek: options.reviewsPerWeek };
  const hash = hashers(options.seed);
  const epochs: MemoryEpoch[] = [];
  const done = new Set<string>();
  for (const week of recordedWeeks(set.records).slice(0, options.weeks)) {
    for (const record of week.records) {
      const instant = Date.parse(record.occurredAt);
      const day = Math.floor(instant / DAY_MS) * DAY_MS;
      let epoch = epochs.at(-1);
      if (epoch?.startsAt !== day) {
        for (const each of epochs) if (!each.closed) closeEpoch(each, epochs, plan);
        epoch = openEpoch(day, epochs, plan, options.attribute);
        epochs.push(epoch);
      }
      const score = set.scores.get(record.id) ?? null;
      const phase = record.phase === "pilot" ? ("PILOT" as const) : ("PRODUCTION" as const);
      const segments = Object.entries(record.segments).map(([k, v]): [string, string] => [k, String(v)]);
      const unit = {
        externalId: record.id,
        cluster: null,
        phase,
        segments: Object.fromEntries(segments),
        flagged: false,
        hasTruth: phase === "PILOT" && score !== null,
        instant: new Date(instant),
      };
      const stratum = stratumOf(epoch, epochs, stratumKey(unit, options.attribute));
      const isTruth = stratum.key.attribute === TRUTH_ATTRIBUTE;
      const randomNumber = hash.unit(record.id);
      const drawn = randomNumber < stratum.rate;
      stratum.outputs.push({
        externalId: record.id,
        week: week.start,
        segments,
        randomNumber,
        secondLook: hash.second(record.id) < PLAN.doubleReviewShare,
        score,
        state: !drawn ? "NOT_DRAWN" : isTruth ? "SETTLED" : "QUEUED",
      });
    }
    for (const each of epochs) if (!each.closed) closeEpoch(each, epochs, plan);
    takeLooks(epochs, options.reviewsPerWeek, done);
  }
  return epochs;
}

function hashers(seed: number) {
  const secret = createHash("sha256").update(`coverage ${seed}`).digest("hex");
  const scope = { secret, projectId: `seed ${seed}` };
  return {
    unit: samplingHasher({ ...scope, salt: "sample-v1" }),
    second: samplingHasher({ ...scope, salt: "double-v1" }),
  };
}

type Plan = typeof PLAN & { reviewsPerWeek: number };

function openEpoch(
  startsAt: number,
  before: readonly MemoryEpoch[],
  plan: Plan,
  attribute: string | null,
): MemoryEpoch {
  const forecast = forecastVolumes(pastVolumes(before, startsAt), new Date(startsAt));
  const errors = pastErrors(before, startsAt);
  const perDay = [...forecast.values()].reduce((sum, each) => sum + each, 0) || plan.expectedPerDay;
  const averageRate = epochBudget(plan, { epoch: perDay, week: perDay * 7, lengthDays: 1 }) / perDay;
  const known = new Map(before.flatMap((epoch) => [...epoch.strata]));
  const rated = [...forecast]
    .filter(([id, volume]) => volume >= 0.01 && known.get(id)?.key.attribute === (attribute ?? ""))
    .map(([id, volume]) => ({ id, flagged: false, volume, pastError: smoothedError(errors, id) }));
  const expected = rated.reduce((sum, each) => sum + each.volume, 0);
  const planned = planRates(plan, averageRate * expected, rated);
  const strata = new Map<string, MemoryStratum>();
  for (const { id, pastError } of rated) {
    const key = known.get(id)?.key;
    const place = planned.get(id);
    if (key && place) strata.set(id, { id, key, pastError, ...place, outputs: [] });
  }
  return { startsAt, closed: false, unseenRate: Math.min(1, OVERDRAW * averageRate), strata };
}

function stratumOf(epoch: MemoryEpoch, epochs: readonly MemoryEpoch[], key: StratumKey): MemoryStratum {
  const id = stratumKeyText(key);
  const known = epoch.strata.get(id);
  if (known) return known;
  const errors = pastErrors(epochs, epoch.startsAt);
  const rate = key.attribute === TRUTH_ATTRIBUTE ? 1 : epoch.unseenRate;
  const stratum = { id, key, rate, target: 0, pastError: smoothedError(errors, id), outputs: [] };
  epoch.strata.set(id, stratum);
  return stratum;
}

function closeEpoch(epoch: MemoryEpoch, epochs: readonly MemoryEpoch[], plan: Plan): void {
  epoch.closed = true;
  const forecast = forecastVolumes(pastVolumes(epochs, epoch.startsAt), new Date(epoch.startsAt));
  const perDay = [...forecast.values()].reduce((sum, each) => sum + each, 0);
  const strata = [...epoch.strata.values()].filter(({ key }) => key.attribute !== TRUTH_ATTRIBUTE);
  const counted = strata.map(({ id, rate, pastError, outputs }) => ({
    id,
    flagged: false,
    openingRate: rate,
    pastError,
    volume: outputs.length,
    processedBelow: Math.min(rate, ...outputs.filter(isOpen).map((output) => output.randomNumber)),
  }));
  const settled = settleRates(plan, { lengthDays: 1, expectedPerDay: perDay > 0 ? perDay : null }, counted);
  for (const { id, rate, target } of settled) {
    const stratum = epoch.strata.get(id);
    if (!stratum) continue;
    Object.assign(stratum, { rate, target });
    for (const output of stratum.outputs) {
      if (output.state === "NOT_DRAWN" && output.randomNumber < rate) output.state = "QUEUED";
      if (output.state === "QUEUED" && output.randomNumber >= rate) output.state = "WITHDRAWN";
    }
  }
}

export function isOpen({ state }: MemoryOutput): boolean {
  return state === "QUEUED" || state === "WITHDRAWN";
}

function pastVolumes(epochs: readonly MemoryEpoch[], before: number): DayVolume[] {
  return epochs
    .filter(({ startsAt }) => startsAt + DAY_MS <= before && startsAt >= before - 60 * DAY_MS)
    .flatMap(({ startsAt, strata }) =>
      [...strata.values()]
        .filter(({ key, outputs }) => key.attribute !== TRUTH_ATTRIBUTE && outputs.length > 0)
        .map(({ id, outputs }) => ({ stratumId: id, day: new Date(startsAt), outputs: outputs.length })),
    );
}

function pastErrors(epochs: readonly MemoryEpoch[], before: number): StratumErrors[] {
  const sums = new Map<string, StratumErrors>();
  for (const { startsAt, strata } of epochs) {
    if (startsAt + DAY_MS > before || startsAt < before - 28 * DAY_MS) continue;
    for (const { id, outputs } of strata.values()) {
      const sum = sums.get(id) ?? { stratumId: id, reviewed: 0, wrong: 0 };
      for (const { state, score } of outputs) {
        if (state !== "SETTLED" || score === null) continue;
        sum.reviewed += 1;
        sum.wrong += 1 - score;
      }
      sums.set(id, sum);
    }
  }
  return [...sums.values()].filter(({ reviewed }) => reviewed > 0);
}

/** `done` keeps the looks that were taken: a second look of a judged output still waits for its turn. */
function takeLooks(epochs: readonly MemoryEpoch[], count: number, done: Set<string>): void {
  const open: Looks = [];
  for (const { strata } of epochs) {
    for (const { key, rate, outputs } of strata.values()) {
      if (key.attribute === TRUTH_ATTRIBUTE) continue;
      for (const output of outputs) {
        if (!DRAWN.has(output.state) || output.randomNumber >= rate) continue;
        for (const look of output.secondLook ? [1, 2] : [1])
          if (!done.has(`${output.externalId} ${look}`))
            open.push({ output, key: output.randomNumber / rate, look });
      }
    }
  }
  open.sort((a, b) => a.key - b.key || a.look - b.look);
  for (const { output, look } of open.slice(0, count)) {
    done.add(`${output.externalId} ${look}`);
    output.state = output.score === null ? "UNSURE" : "SETTLED";
  }
}
