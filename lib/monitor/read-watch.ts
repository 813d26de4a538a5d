import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { watchedSegments } from "./watched-segments";

/** The version of the monitor plan that runs, as the evaluation needs it. */
export interface Watch {
  projectId: string;
  planId: string;
  fedSequence: number;
  unsureCountsWrong: boolean;
  logThreshold: number;
  segmentsOf: (carried: Readonly<Record<string, string>>) => Segment[];
  /** Accuracy that the segment must not undershoot. */
  boundaryOf: (segment: Segment) => number;
}

/** Null while nothing is watched. */
export async function readWatch(tx: Tx, projectId: string): Promise<Watch | null> {
  const plan = await tx.monitorPlan.findFirst({
    where: { projectId },
    orderBy: { version: "desc" },
    include: { run: true, boundaries: true },
  });
  if (!plan?.run) return null;
  const own = new Map(plan.boundaries.map((each) => [segmentKey(each), each.boundary]));
  return {
    projectId,
    planId: plan.id,
    fedSequence: plan.run.fedSequence,
    unsureCountsWrong: plan.unsureCountsWrong,
    logThreshold: Math.log(plan.threshold),
    segmentsOf: watchedSegments(plan.attributes),
    boundaryOf: (segment) => own.get(segmentKey(segment)) ?? plan.boundary,
  };
}
