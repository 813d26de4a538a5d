import { groupBy } from "@/lib/core/group-by";
import type { Db } from "@/lib/db/client";
import { cellEstimate } from "./cell-estimate";
import { readCells, segmentKey } from "./read-cells";
import { type AccuracyEstimate, type Pilot, type Segment } from "./schema";
import { storedEstimate } from "./stored-estimate";
import { shownEstimate } from "./shown-estimate";

export interface PilotEstimates {
  frozenAt: Date | null;
  of: (segment: Segment) => AccuracyEstimate | null;
}

/** The pilot's accuracy of some segments: as frozen last, else as it is now. */
export async function readPilot(
  db: Db,
  projectId: string,
  segments: readonly Segment[],
): Promise<PilotEstimates> {
  const baseline = await db.baseline.findFirst({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, createdAt: true },
  });
  if (!baseline) return { frozenAt: null, of: lookUp(await pilotNow(db, projectId, segments)) };
  const rows = await db.baselineSegment.findMany({
    where: { projectId, baselineId: baseline.id, attribute: { in: segments.map((each) => each.attribute) } },
    select: { attribute: true, value: true, estimate: true },
  });
  const frozen = rows.map((row) => ({ ...row, estimate: storedEstimate(row.estimate) }));
  return { frozenAt: baseline.createdAt, of: lookUp(frozen) };
}

/** What a chart shows of the pilot for one segment. */
export function shownPilot({ frozenAt, of }: PilotEstimates, segment: Segment): Pilot | null {
  const estimate = of(segment);
  return estimate
    ? { estimate, frozen: frozenAt !== null, frozen_at: frozenAt?.toISOString() ?? null }
    : null;
}

export interface PilotSegment extends Segment {
  estimate: AccuracyEstimate;
  population: number;
}

/** The pilot as its reviews are now, all of its time taken together. */
export async function pilotNow(
  db: Db,
  projectId: string,
  segments: readonly Segment[],
): Promise<PilotSegment[]> {
  const cells = await readCells(db, projectId, { phase: "PILOT", period: "month", segments, joined: true });
  return [...groupBy(cells, segmentKey).values()].flatMap((own) => {
    const [first] = own;
    const { estimate, population } = cellEstimate(own.map(({ cell }) => cell));
    if (!first || !estimate) return [];
    const { attribute, value } = first;
    return [{ attribute, value, estimate: shownEstimate(estimate), population }];
  });
}

function lookUp(found: readonly (Segment & { estimate: AccuracyEstimate })[]) {
  const byKey = new Map(found.map((each) => [segmentKey(each), each.estimate]));
  return (segment: Segment) => byKey.get(segmentKey(segment)) ?? null;
}
