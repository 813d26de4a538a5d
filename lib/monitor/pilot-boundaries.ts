import type { Db } from "@/lib/db/client";
import { readPilot } from "@/lib/estimate/pilot-estimate";
import { readBusiest } from "@/lib/estimate/read-cells";
import type { AccuracyEstimate, Segment } from "@/lib/estimate/schema";
import { boundaryError, pilotBoundary } from "@/lib/stats/pilot-boundary";
import { FEWEST_FOR_OWN_BOUNDARY, FEWEST_PILOT_REVIEWS, pilotLow80 } from "./pilot-rule";
import type { MonitorPilot, MonitorSettings } from "./schema";

export interface SegmentBoundary extends Segment {
  boundary: number;
  pilotReviews: number;
}

export interface PilotBoundaries {
  /** Accuracy that the overall stream, and every segment without a boundary of its own, must not undershoot. */
  boundary: number;
  /** Null when the boundary is a promised floor and nothing of the pilot was judged. */
  pilot: MonitorPilot | null;
  segments: SegmentBoundary[];
}

/** Boundaries for some settings as the pilot is now, frozen or not. Null: nothing was promised, and too little of it was judged. */
export async function readBoundaries(
  db: Db,
  projectId: string,
  settings: Pick<MonitorSettings, "attributes" | "floor" | "tolerance">,
): Promise<PilotBoundaries | null> {
  const overall = { attribute: "", value: "" };
  const busiest = await readBusiest(db, projectId, { phase: "PILOT", period: "month" });
  const watched = busiest.filter(({ attribute }) => settings.attributes.includes(attribute));
  const pilot = await readPilot(db, projectId, [overall, ...watched]);
  const whole = pilot.of(overall);
  const known = whole ? pilotOf(whole, pilot.frozenAt) : null;
  if (settings.floor !== null) {
    const floor = 1 - boundaryError(settings.floor);
    return { boundary: floor, pilot: known, segments: [] };
  }
  if (!known || known.n < FEWEST_PILOT_REVIEWS) return null;
  const segments = watched.flatMap(({ attribute, value }): SegmentBoundary[] => {
    const own = pilot.of({ attribute, value });
    if (attribute === "" || !own || own.n < FEWEST_FOR_OWN_BOUNDARY) return [];
    const boundary = pilotBoundary({ mean: own.mean, low80: low80(own) }, settings.tolerance);
    return [{ attribute, value, boundary, pilotReviews: own.n }];
  });
  return { boundary: pilotBoundary(known, settings.tolerance), pilot: known, segments };
}

function pilotOf(estimate: AccuracyEstimate, frozenAt: Date | null): MonitorPilot {
  const { mean, low, high, level, n, effective_n } = estimate;
  const frozen_at = frozenAt?.toISOString() ?? null;
  return { mean, low, high, level, n, effective_n, low80: low80(estimate), frozen_at };
}

function low80({ mean, effective_n, unaudited_share }: AccuracyEstimate): number {
  return pilotLow80({ mean, effectiveN: effective_n, unauditedShare: unaudited_share });
}
