import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { type Reading, storedReading } from "@/lib/db/stored-reading";
import { stratumFactors } from "./cell-estimate";
import type { Days } from "./last-days";
import { splitDifference } from "./mix-rate";
import { pairedVersions } from "./paired-versions";
import { readCells, readExtent } from "./read-cells";
import { sameTraffic } from "./same-traffic";
import { gapToPilot } from "./shown-estimate";
import { tableWindow, windowBounds } from "./table-window";
import { readVersionCells } from "./version-cells";
import { readVersions } from "./read-releases";
import { versionPair } from "./version-pair";
import type {
  CompareVersionsQuery,
  ComparedVersion,
  ComparedWhat,
  VersionComparison,
  VersionReply,
  VersionSegment,
} from "./version-schema";
import { largestWeights, type VersionSide, versionSide } from "./version-side";

const MOST_VALUES_SHOWN = 200;
const ALL = { attribute: "", value: "" };

/**
 * Two model versions side by side: as each was used, what of the difference comes from its traffic, both on the same traffic, by the
 * values of one attribute, and on the inputs that both answered.
 */
export async function compareVersions(ctx: Ctx, query: ComparedWhat): Promise<VersionComparison> {
  const { earlier, later, attribute } = query;
  const facts = await readVersionFacts(ctx, { earlier, later }, await askedDays(ctx, query));
  return comparisonBy(facts, attribute);
}

/** What a comparison of two versions rests on, whichever attribute it is divided by. */
interface VersionFacts extends Pick<VersionComparison, "from" | "to" | "paired"> {
  versions: { earlier: string; later: string };
  left: VersionSide;
  right: VersionSide;
}

/** Costs as much as the days have reviews. */
async function readVersionFacts(
  ctx: Ctx,
  versions: VersionFacts["versions"],
  days: Days,
): Promise<VersionFacts> {
  const { earlier, later } = versions;
  const [rows, factors, paired] = await Promise.all([
    readVersionCells(ctx, [earlier, later], days),
    trafficFactors(ctx, days),
    pairedVersions(ctx, versions, days),
  ]);
  const largest = largestWeights(rows, factors);
  const sideOf = (version: string) =>
    versionSide(
      rows.filter((row) => row.version === version),
      factors,
      largest,
    );
  return { ...days, versions, left: sideOf(earlier), right: sideOf(later), paired };
}

function comparisonBy(facts: VersionFacts, attribute: string | undefined): VersionComparison {
  const { from, to, versions, left, right, paired } = facts;
  const { gap, attributes, split } = splitDifference(left, right, attribute);
  return {
    from,
    to,
    earlier: shownVersion(versions.earlier, left),
    later: shownVersion(versions.later, right),
    difference: gap,
    attributes,
    split,
    matched: split && sameTraffic(left, right, split.attribute),
    segments: split ? segmentsOf(left, right, split.attribute) : [],
    paired,
  };
}

/**
 * The same of some days as it is kept where a project has many reviews. The attribute that is divided by when none is asked for is
 * kept with the comparison, each other one for itself.
 */
export async function keptComparison(
  ctx: Ctx,
  { earlier, later, attribute, ...days }: ComparedWhat & Days,
  reviews: number,
): Promise<Reading<VersionComparison>> {
  let facts: Promise<VersionFacts> | null = null;
  const read = (by?: string) => {
    const about = by === undefined ? [earlier, later] : [earlier, later, by];
    return storedReading(ctx, { kind: "versions", ...days, about, reviews }, async () => {
      facts ??= readVersionFacts(ctx, { earlier, later }, days);
      return comparisonBy(await facts, by);
    });
  };
  const usual = await read();
  const { attributes, split } = usual.value;
  if (attribute === undefined || attribute === split?.attribute) return usual;
  if (attributes.some((known) => known.attribute === attribute)) return await read(attribute);
  return { ...usual, value: { ...usual.value, split: null, matched: null, segments: [] } };
}

/** The same with the versions that are known: what the read API answers. */
export async function versionReply(ctx: Ctx, query: CompareVersionsQuery): Promise<VersionReply> {
  const versions = await readVersions(ctx);
  const pair = versionPair({ earlier: query.earlier ?? "", later: query.later ?? "" }, versions);
  return { versions, comparison: pair && (await compareVersions(ctx, { ...query, ...pair })) };
}

async function askedDays(ctx: Ctx, { from, to }: Pick<ComparedWhat, "from" | "to">): Promise<Days> {
  const extent = await readExtent(ctx.db, ctx.project.id, ALL);
  const last = to ?? extent?.last ?? localDay(ctx.now, ctx.project.timeZone);
  const first = from ?? extent?.first ?? last;
  return { from: first <= last ? first : last, to: last };
}

/** So that each stratum weighs as much as its counted traffic, as on the accuracy page. */
async function trafficFactors(ctx: Ctx, days: Days): Promise<Map<string, number>> {
  const window = tableWindow(days, localDay(ctx.now, ctx.project.timeZone));
  const cells = await readCells(ctx.db, ctx.project.id, {
    phase: "PRODUCTION",
    period: window.period,
    ...windowBounds(window),
    segments: [ALL],
    joined: true,
  });
  const strata = cells.map(({ cell }) => cell);
  // Those that nobody could judge are traffic as well: the weights of both kinds add up to it.
  const judged = new Map(
    strata.map(({ stratumId, sums, unsure }) => [stratumId, sums.sumW / (sums.sumW + unsure.sumW || 1)]),
  );
  return new Map(
    [...stratumFactors(strata)].map(([id, factor]) => [id, factor * (judged.get(id) ?? 1)] as const),
  );
}

function shownVersion(version: string, { population, estimate, days }: VersionSide): ComparedVersion {
  return { version, first: days?.first ?? null, last: days?.last ?? null, traffic: population, estimate };
}

function segmentsOf(left: VersionSide, right: VersionSide, attribute: string): VersionSegment[] {
  const [one, two] = [left.values.get(attribute), right.values.get(attribute)];
  const share = (side: VersionSide, population: number) =>
    side.population > 0 ? Math.min(1, population / side.population) : 0;
  return [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])]
    .map((value): VersionSegment => {
      const [earlier, later] = [one?.get(value), two?.get(value)];
      return {
        value,
        share_earlier: share(left, earlier?.population ?? 0),
        share_later: share(right, later?.population ?? 0),
        earlier: earlier?.estimate ?? null,
        later: later?.estimate ?? null,
        difference: gapToPilot(earlier?.estimate, later?.estimate),
      };
    })
    .sort((a, b) => b.share_earlier + b.share_later - a.share_earlier - a.share_later)
    .slice(0, MOST_VALUES_SHOWN);
}
