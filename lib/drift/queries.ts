import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { readInputBaseline } from "./baseline-json";
import { binWords, featureLabel } from "./bin-words";
import { type DriftReading, readDrift, readingSentence } from "./drift-reading";
import { type Feature, featureName, plainCounts, plainFeature } from "./feature";
import { readFindings, shownFindings, type StoredFinding } from "./finding-queries";
import { movedAccuracy } from "./moved-accuracy";
import { REPEAT_PATH, UNUSUAL_PATH } from "./output-facts";
import { readNewValues } from "./new-values";
import type { RepeatCounts } from "./repeats";
import type { DriftView, ShownFeature } from "./schema";
import { readUnusual } from "./unusual-outputs";
import { addCounts, totalOf } from "./window-counts";

const LARGEST_SHOWN = 3;
/** What Assay itself says of outputs is never missing or unheard of: only so many bins are shown. */
const OWN_BINS: Readonly<Record<string, number>> = { [UNUSUAL_PATH]: 2, [REPEAT_PATH]: 3 };

const daysRow = z.object({ last: z.iso.date().nullable(), waiting: z.coerce.number() });
const countRow = z.object({ feature: z.number(), day: z.iso.date(), counts: z.array(z.coerce.number()) });
const repeatRow = z.object({ same: z.coerce.number(), other: z.coerce.number() });
const effectRow = z.object({ feature: z.number(), designEffect: z.number() });

/**
 * The inputs of the newest `days` days of production beside the pilot's, what has moved, and unusual outputs; null before the pilot's
 * inputs are frozen.
 */
export async function readDriftView(
  ctx: Ctx,
  { days, withPayload }: { days: number; withPayload: boolean },
): Promise<DriftView | null> {
  const { db, project } = ctx;
  const baseline = await readInputBaseline(db, project.id);
  if (!baseline) return null;
  const [{ last, waiting }] = z.tuple([daysRow]).parse(
    await db.$queryRaw`
      SELECT (SELECT max(day)::text FROM input_day WHERE project_id = ${project.id}::uuid AND baseline_id = ${baseline.id}::uuid) AS last,
        (SELECT COALESCE(sum(cardinality(output_ids)), 0) FROM uncounted_output WHERE project_id = ${project.id}::uuid) AS waiting`,
  );
  // Frozen a moment ago: nothing has been counted against it.
  const to = last ?? localDay(ctx.now, project.timeZone);
  const from = daysBefore(to, days - 1);
  const range = { from, to };
  const [counts, effects, findings, unusual, repeats] = await Promise.all([
    readCounts(ctx, baseline.id, range),
    readEffects(ctx, baseline.id),
    readFindings(ctx, baseline.id),
    readUnusual(ctx, baseline, { ...range, withPayload }),
    readRepeats(ctx, baseline.id, range),
  ]);
  const readings = baseline.features.map((stored, at) => {
    const feature = plainFeature(stored);
    const own = plainCounts(stored.bins, counts.get(at) ?? []);
    const moved = findings.findLast((finding) => finding.feature === at && finding.endedOn === null) ?? null;
    return { feature, at, counts: own, reading: readDrift(feature, own, effects.get(at)), moved };
  });
  const features = await shownFeatures(ctx, readings, { ...range, withPayload, baselineId: baseline.id });
  const outputs = totalOf(readings[0]?.counts ?? []);
  return {
    pilot: {
      outputs: baseline.outputs,
      frozenAt: baseline.createdAt.toISOString(),
      unwatched: baseline.unwatched,
    },
    range: { ...range, days },
    outputs,
    waiting,
    repeats: { ...repeats, pilot: baseline.repeats },
    features,
    findings: shownFindings(baseline, findings),
    unusual,
  };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

async function readCounts(
  { db, project }: Ctx,
  baselineId: string,
  { from, to }: { from: string; to: string },
): Promise<Map<number, number[]>> {
  const rows = z.array(countRow).parse(
    await db.$queryRaw`
      SELECT feature, day::text, counts::text[] AS counts FROM feature_day
      WHERE project_id = ${project.id}::uuid AND baseline_id = ${baselineId}::uuid
        AND day BETWEEN ${from}::date AND ${to}::date`,
  );
  const sums = new Map<number, number[]>();
  for (const { feature, counts } of rows) sums.set(feature, addCounts(sums.get(feature) ?? [], counts));
  return sums;
}

async function readRepeats(
  { db, project }: Ctx,
  baselineId: string,
  { from, to }: { from: string; to: string },
): Promise<RepeatCounts> {
  const [row] = z.tuple([repeatRow]).parse(
    await db.$queryRaw`
      SELECT COALESCE(sum(same_answer), 0) AS same, COALESCE(sum(other_answer), 0) AS other FROM input_day
      WHERE project_id = ${project.id}::uuid AND baseline_id = ${baselineId}::uuid
        AND day BETWEEN ${from}::date AND ${to}::date`,
  );
  return row;
}

/** By how much the clusters of the newest window of each feature make counts vary more. */
async function readEffects({ db, project }: Ctx, baselineId: string): Promise<Map<number, number>> {
  const rows = z.array(effectRow).parse(
    await db.$queryRaw`
      SELECT DISTINCT ON (feature) feature, design_effect AS "designEffect" FROM drift_window
      WHERE project_id = ${project.id}::uuid AND baseline_id = ${baselineId}::uuid ORDER BY feature, to_day DESC`,
  );
  return new Map(rows.map(({ feature, designEffect }) => [feature, designEffect]));
}

interface FeatureReading {
  feature: Feature;
  at: number;
  counts: readonly number[];
  reading: DriftReading | null;
  moved: StoredFinding | null;
}

/** Moved ones first, then by how far they stand out of what chance gives. */
async function shownFeatures(
  ctx: Ctx,
  readings: readonly FeatureReading[],
  {
    from,
    to,
    withPayload,
    baselineId,
  }: { from: string; to: string; withPayload: boolean; baselineId: string },
): Promise<ShownFeature[]> {
  const inOrder = readings.toSorted((a, b) => urgency(b) - urgency(a) || a.at - b.at);
  const moved = inOrder.filter((each) => each.moved !== null);
  const [accuracies, newValues] = await Promise.all([
    movedAccuracy(ctx, moved.flatMap(movedPart), { to, baselineId }),
    withPayload
      ? readNewValues(
          ctx,
          moved.map(({ feature }) => feature),
          { from, to },
        )
      : Promise.resolve(null),
  ]);
  return inOrder.map((each) => {
    const place = moved.indexOf(each);
    return {
      ...shownFeature(each, withPayload),
      // Which inputs came again is counted, not kept with each output.
      accuracy: each.feature.path === REPEAT_PATH ? null : (accuracies[place] ?? null),
      newValues: newValues?.[place] ?? [],
    };
  });
}

function urgency({ reading, moved }: FeatureReading): number {
  if (!reading) return moved ? 1 : -1;
  const broken = Math.max(
    reading.missing.now - reading.missing.pilot,
    (reading.unparseable?.now ?? 0) - (reading.unparseable?.pilot ?? 0),
    (reading.fresh?.now ?? 0) - (reading.fresh?.pilot ?? 0),
    0,
  );
  return (moved ? 1000 + 1000 * broken : 0) + Math.min(900, reading.index / reading.noiseFloor);
}

function movedPart({ feature, moved }: FeatureReading) {
  return moved ? [{ feature, gained: moved.gained.map(({ bin }) => bin), since: moved.since }] : [];
}

function shownFeature(
  { feature, counts, reading, moved }: FeatureReading,
  withPayload: boolean,
): Omit<ShownFeature, "accuracy" | "newValues"> {
  const bin = ({ bin: place, pilot, now }: { bin: number; pilot: number; now: number }) => ({
    ...binWords(feature, place, withPayload),
    pilot,
    now,
  });
  const most = OWN_BINS[feature.path] ?? Infinity;
  const shown = (reading?.bins ?? []).filter(({ bin: place }) => place < most);
  const bins = shown.toSorted((a, b) => a.bin - b.bin);
  return {
    name: featureName(feature),
    label: featureLabel(feature),
    outputs: totalOf(counts),
    sentence: reading && readingSentence(reading, feature.path),
    index: reading?.index ?? null,
    noiseFloor: reading?.noiseFloor ?? null,
    bins: bins.map(bin),
    largest: shown.slice(0, LARGEST_SHOWN).map(bin),
    movedSince: moved?.since ?? null,
    noticedOn: moved?.noticedOn ?? null,
  };
}
