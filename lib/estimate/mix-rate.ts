import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { type MixAndRate, mixAndRate, type SegmentSide } from "@/lib/stats/mix-and-rate";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import { type ComparedSide, MOST_VALUES, pilotSide, productionSide } from "./compared-side";
import { type Days, daysBefore, lastDays } from "./last-days";
import type { AccuracyEstimate, AccuracyGap, MixRate, MixRateSegment, MixRateSplit } from "./schema";
import { gapToPilot } from "./shown-estimate";

export interface MixRateQuery {
  /** By default the attribute for which changed traffic did most, in either direction. */
  attribute?: string | undefined;
  /** previous: as many days just before. */
  before: "pilot" | "previous" | Days;
  /** The last 30 days by default. */
  after?: Days | undefined;
}

const WINDOW_DAYS = 30;

/**
 * Why accuracy differs between two sides: other traffic (mix) or other answers on the same traffic (rate), by the values of one
 * attribute. Traffic is counted, accuracy estimated from the reviews of each side.
 */
export async function mixRate(ctx: Ctx, query: MixRateQuery): Promise<MixRate> {
  const { attribute } = query;
  const today = localDay(ctx.now, ctx.project.timeZone);
  const after = query.after ?? (await lastDays(ctx, WINDOW_DAYS));
  const before = query.before === "previous" ? daysBefore(after) : query.before;
  const [left, right] = await Promise.all([
    before === "pilot" ? pilotSide(ctx) : productionSide(ctx, before, today),
    productionSide(ctx, after, today),
  ]);
  return {
    before: shownSide(left, before === "pilot" ? null : before),
    after: shownSide(right, after),
    ...splitDifference(left, right, attribute),
  };
}

/** The difference of two sides, and what of it comes from traffic and from answers by each attribute. */
export function splitDifference(
  left: ComparedSide,
  right: ComparedSide,
  attribute: string | undefined,
): Pick<MixRate, "gap" | "attributes" | "split"> {
  const splits = attributesOf(left, right).flatMap((each) => splitBy(each, left, right) ?? []);
  const traffic = ({ mix, fresh }: MixRateSplit) => Math.abs(mix.difference + (fresh?.difference ?? 0));
  splits.sort((a, b) => traffic(b) - traffic(a));
  const asked = attribute === undefined ? splits[0] : splits.find((split) => split.attribute === attribute);
  return {
    gap: gapToPilot(left.estimate, right.estimate),
    attributes: splits.map(({ attribute: name, mix, fresh, rate }) => ({
      attribute: name,
      traffic: mix.difference + (fresh?.difference ?? 0),
      model: rate.difference,
    })),
    split: asked ?? null,
  };
}

function shownSide({ estimate, isFrozen }: ComparedSide, days: Days | null): MixRate["before"] {
  const kind = days ? ("production" as const) : ("pilot" as const);
  return { kind, from: days?.from ?? null, to: days?.to ?? null, frozen: isFrozen, estimate };
}

/** Attributes that divide the traffic of one side into some, but not too many values. */
function attributesOf(before: ComparedSide, after: ComparedSide): string[] {
  const names = new Set([...before.values.keys(), ...after.values.keys()]);
  return [...names].sort().filter((attribute) => {
    const values = valuesOf(attribute, before, after).length;
    return values > 1 && values <= MOST_VALUES;
  });
}

function valuesOf(attribute: string, before: ComparedSide, after: ComparedSide): string[] {
  const keys = (side: ComparedSide) => [...(side.values.get(attribute)?.keys() ?? [])];
  return [...new Set([...keys(before), ...keys(after)])].sort();
}

/** Null when a side has no review of any value. */
function splitBy(attribute: string, before: ComparedSide, after: ComparedSide): MixRateSplit | null {
  if (!before.estimate || !after.estimate) return null;
  const segments = valuesOf(attribute, before, after).map((value) => ({
    segment: value,
    before: sideOf(before, attribute, value),
    after: sideOf(after, attribute, value),
  }));
  const totals = { before: before.estimate.mean, after: after.estimate.mean };
  const found = mixAndRate(segments, totals);
  if (!found) return null;
  const { mix, mixStandardError, rate, rateStandardError, unexplained, merged } = found;
  return {
    attribute,
    covered_before: coverage(before, attribute),
    covered_after: coverage(after, attribute),
    mix: effect(mix, mixStandardError),
    fresh: freshEffect(found),
    rate: effect(rate, rateStandardError),
    unexplained,
    segments: found.perSegment.map((each) => shownSegment(each, merged.length > 0)).sort(largestFirst),
    fresh_segments: found.newSegments.map((each) => ({
      value: restName(each.segment, merged.length > 0),
      share_after: each.share,
      accuracy_after: each.accuracy,
      effect: effect(each.effect, each.standardError),
    })),
    merged,
  };
}

function sideOf(side: ComparedSide, attribute: string, value: string): SegmentSide {
  const known = side.values.get(attribute)?.get(value);
  const estimate = known?.estimate ?? null;
  return {
    share: known?.population ?? 0,
    accuracy: estimate?.mean ?? null,
    standardError: estimate ? spreadOf(estimate) : null,
    n: estimate?.n ?? 0,
    ...(known?.squares === undefined ? {} : { shareSquares: known.squares }),
  };
}

/** From the interval, which does not collapse where no error was seen, and allows for traffic that nobody has looked at. */
function spreadOf({ low, high, level }: AccuracyEstimate): number {
  return (high - low) / (2 * normalQuantile((1 + level) / 2));
}

function coverage(side: ComparedSide, attribute: string): number {
  let carried = 0;
  for (const { population } of side.values.get(attribute)?.values() ?? []) carried += population;
  return side.population > 0 ? Math.min(1, carried / side.population) : 0;
}

const SIDES_95 = normalQuantile(0.975);

function effect(difference: number, standardError: number): AccuracyGap {
  const bounded = (value: number) => Math.max(-1, Math.min(1, value));
  const reach = SIDES_95 * standardError;
  return {
    difference: bounded(difference),
    low: bounded(difference - reach),
    high: bounded(difference + reach),
  };
}

/** The new values together; their errors are taken to add up in squares. */
function freshEffect({ newSegments }: MixAndRate): AccuracyGap | null {
  if (newSegments.length === 0) return null;
  let sum = 0;
  let squares = 0;
  for (const each of newSegments) {
    sum += each.effect;
    squares += each.standardError ** 2;
  }
  return effect(sum, Math.sqrt(squares));
}

/** What was taken together has no value; the statistics call it so. */
function restName(segment: string, hasRest: boolean): string | null {
  return hasRest && segment === "other" ? null : segment;
}

function shownSegment(each: MixAndRate["perSegment"][number], hasRest: boolean): MixRateSegment {
  return {
    value: restName(each.segment, hasRest),
    share_before: each.shareBefore,
    share_after: each.shareAfter,
    accuracy_before: each.accuracyBefore,
    accuracy_after: each.accuracyAfter,
    mix: each.mix,
    rate: effect(each.rate, each.rateStandardError),
  };
}

function largestFirst(a: MixRateSegment, b: MixRateSegment): number {
  return Math.abs(b.mix + b.rate.difference) - Math.abs(a.mix + a.rate.difference);
}
