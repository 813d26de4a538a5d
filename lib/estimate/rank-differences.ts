import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { cellEstimate, type StratumCell } from "./cell-estimate";
import { MOST_VALUES } from "./compared-side";
import type { Days } from "./last-days";
import { addDays } from "./period";
import { readBusiest, readCells, segmentKey } from "./read-cells";
import type { AccuracyEstimate, AccuracyGap, Segment } from "./schema";
import { gapToPilot, shownEstimate } from "./shown-estimate";

/** The busiest values are compared; fewer reviews on a side say nothing. */
const MOST_SEGMENTS = 200;
const FEWEST_REVIEWS = 5;
const MOST_SHOWN = 12;

interface Side {
  population: number;
  estimate: AccuracyEstimate | null;
}

export interface RankedDifference {
  segment: Segment;
  inside: AccuracyEstimate;
  rest: AccuracyEstimate;
  /** Inside minus rest. */
  difference: AccuracyGap;
  /** Of all the traffic of each. */
  insideShare: number;
  restShare: number;
}

export interface RankedDifferences {
  inside: Days;
  /** The days around them that they are compared with. */
  whole: Days;
  overall: { inside: AccuracyEstimate | null; rest: AccuracyEstimate | null; difference: AccuracyGap | null };
  /** What most surely differs in the direction of the whole first; at most twelve. */
  ranked: RankedDifference[];
  /** Values that were looked at, and those of them with too few reviews on a side. */
  compared: number;
  thin: number;
}

/**
 * Values of every attribute by how their accuracy in some days differs from that of the other days around them. Days picked by looking
 * at the chart and many values at once: a list of where to look, no finding (the intervals are not adjusted for either).
 */
export async function rankDifferences(
  ctx: Ctx,
  { inside, whole }: { inside: Days; whole: Days },
): Promise<RankedDifferences> {
  const { db, project } = ctx;
  const within = { phase: "PRODUCTION" as const, period: "day" as const };
  const around: Days = {
    from: inside.from < whole.from ? inside.from : whole.from,
    to: inside.to > whole.to ? inside.to : whole.to,
  };
  const busiest = await readBusiest(db, project.id, { ...within, ...inside });
  const byAttribute = groupBy(busiest, ({ attribute }) => attribute);
  const segments = busiest
    .filter(({ attribute }) => (byAttribute.get(attribute)?.length ?? 0) <= MOST_VALUES)
    .slice(0, MOST_SEGMENTS + 1);
  const read = (days: Days) =>
    days.from <= days.to
      ? readCells(db, project.id, { ...within, ...days, segments, joined: true })
      : Promise.resolve([]);
  const [own, before, after] = await Promise.all([
    read(inside),
    read({ from: around.from, to: addDays(inside.from, -1) }),
    read({ from: addDays(inside.to, 1), to: around.to }),
  ]);
  const sides = { inside: groupBy(own, segmentKey), rest: groupBy([...before, ...after], segmentKey) };
  const sideOf = (side: keyof typeof sides, segment: Segment) =>
    summed((sides[side].get(segmentKey(segment)) ?? []).map(({ cell }) => cell));
  const all = { attribute: "", value: "" };
  const totals = { inside: sideOf("inside", all), rest: sideOf("rest", all) };
  const values = segments.filter(({ attribute }) => attribute !== "");
  const ranked = values.flatMap(({ attribute, value }): RankedDifference[] => {
    const segment = { attribute, value };
    return rankedOf(segment, { inside: sideOf("inside", segment), rest: sideOf("rest", segment) }, totals);
  });
  const difference = gapToPilot(totals.rest.estimate, totals.inside.estimate);
  const sign = (difference?.difference ?? -1) < 0 ? 1 : -1;
  // The end of the interval that is nearer to no difference, in the direction of the whole.
  const sureness = ({ difference: gap }: RankedDifference) => (sign > 0 ? gap.high : -gap.low);
  return {
    inside,
    whole: around,
    overall: { inside: totals.inside.estimate, rest: totals.rest.estimate, difference },
    ranked: ranked.sort((a, b) => sureness(a) - sureness(b)).slice(0, MOST_SHOWN),
    compared: values.length,
    thin: values.length - ranked.length,
  };
}

function rankedOf(
  segment: Segment,
  sides: { inside: Side; rest: Side },
  totals: { inside: Side; rest: Side },
): RankedDifference[] {
  const { inside, rest } = sides;
  const difference = gapToPilot(rest.estimate, inside.estimate);
  if (!inside.estimate || !rest.estimate || !difference) return [];
  if (Math.min(inside.estimate.n, rest.estimate.n) < FEWEST_REVIEWS) return [];
  const share = (part: Side, of: Side) =>
    of.population > 0 ? Math.min(1, part.population / of.population) : 0;
  return [
    {
      segment,
      inside: inside.estimate,
      rest: rest.estimate,
      difference,
      insideShare: share(inside, totals.inside),
      restShare: share(rest, totals.rest),
    },
  ];
}

function summed(cells: readonly StratumCell[]): Side {
  const { estimate, population } = cellEstimate(cells);
  return { population, estimate: estimate && shownEstimate(estimate) };
}
