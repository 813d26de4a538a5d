import type { Db } from "@/lib/db/client";
import { readPilot } from "@/lib/estimate/pilot-estimate";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { readBoundaries } from "./pilot-boundaries";
import { FEWEST_FOR_OWN_BOUNDARY, FEWEST_PILOT_REVIEWS } from "./pilot-rule";
import type { MonitorPilot, MonitorSettings } from "./schema";

/** What a segment is measured against, and the accuracy from which a drop is counted. */
export interface WatchedBoundary {
  /** Accuracy that must not be undershot. */
  boundary: number;
  /** Accuracy before any drop: the pilot's, or the promised one without a pilot. */
  usual: number;
  /** The boundary is this segment's own and not the project's. */
  own: boolean;
  /** Judged pilot outputs of the segment. */
  pilotReviews: number;
}

export interface WatchedBoundaries {
  pilot: MonitorPilot | null;
  overall: WatchedBoundary;
  of: (segment: Segment) => WatchedBoundary;
}

/**
 * Boundaries of these segments under some settings, as the pilot is now. Null: nothing was promised, and too little of the pilot was
 * judged.
 */
export async function readWatchedBoundaries(
  db: Db,
  projectId: string,
  settings: Pick<MonitorSettings, "attributes" | "floor" | "tolerance">,
  segments: readonly Segment[],
): Promise<WatchedBoundaries | null> {
  const boundaries = await readBoundaries(db, projectId, settings);
  if (!boundaries) return null;
  const { pilot, boundary } = boundaries;
  const estimates = await readPilot(db, projectId, segments);
  const own = new Map(boundaries.segments.map((segment) => [segmentKey(segment), segment.boundary]));
  const overall: WatchedBoundary = {
    boundary,
    usual: pilot && pilot.n >= FEWEST_PILOT_REVIEWS ? pilot.mean : boundary,
    own: false,
    pilotReviews: pilot?.n ?? 0,
  };
  const of = (segment: Segment): WatchedBoundary => {
    const estimate = segment.attribute === "" ? null : estimates.of(segment);
    if (!estimate) return segment.attribute === "" ? overall : { ...overall, pilotReviews: 0 };
    const known = estimate.n >= FEWEST_FOR_OWN_BOUNDARY;
    const itsOwn = own.get(segmentKey(segment));
    return {
      boundary: itsOwn ?? boundary,
      usual: known ? estimate.mean : overall.usual,
      own: itsOwn !== undefined,
      pilotReviews: estimate.n,
    };
  };
  return { pilot, overall, of };
}
