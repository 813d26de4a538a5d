import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import * as z from "zod";
import { watchedSegments } from "./watched-segments";

/** The version of the monitor plan that runs, as the evaluation needs it. */
export interface Watch {
  projectId: string;
  planId: string;
  /** The first cohort that it sees, and the newest that it has seen. */
  firstSequence: number;
  fedSequence: number;
  unsureCountsWrong: boolean;
  logThreshold: number;
  segmentsOf: (carried: Readonly<Record<string, string>>) => Segment[];
  /** Accuracy that the segment must not undershoot. */
  boundaryOf: (segment: Segment) => number;
}

const planRow = z.object({
  planId: z.uuid(),
  firstSequence: z.number(),
  fedSequence: z.number(),
  unsureCountsWrong: z.boolean(),
  threshold: z.number(),
  boundary: z.number(),
  attributes: z.array(z.string()),
  own: z.array(z.tuple([z.string(), z.string(), z.number()])),
});

/** Null while nothing is watched. */
export async function readWatch(tx: Tx, projectId: string): Promise<Watch | null> {
  const rows = await tx.$queryRaw`
    SELECT plan.id AS "planId", plan.first_sequence AS "firstSequence", run.fed_sequence AS "fedSequence",
      plan.unsure_counts_wrong AS "unsureCountsWrong", plan.threshold, plan.boundary, plan.attributes, COALESCE((
        SELECT json_agg(json_build_array(own.attribute, own.value, own.boundary)) FROM monitor_boundary own
        WHERE own.project_id = plan.project_id AND own.plan_id = plan.id), '[]') AS own
    FROM monitor_plan plan JOIN monitor_run run ON run.project_id = plan.project_id AND run.plan_id = plan.id
    WHERE plan.project_id = ${projectId}::uuid ORDER BY plan.version DESC LIMIT 1`;
  const [plan] = z.array(planRow).parse(rows);
  if (!plan) return null;
  const { planId, firstSequence, fedSequence, unsureCountsWrong, threshold, boundary, attributes } = plan;
  const own = new Map(plan.own.map(([attribute, value, each]) => [segmentKey({ attribute, value }), each]));
  return {
    projectId,
    planId,
    firstSequence,
    fedSequence,
    unsureCountsWrong,
    logThreshold: Math.log(threshold),
    segmentsOf: watchedSegments(attributes),
    boundaryOf: (segment) => own.get(segmentKey(segment)) ?? boundary,
  };
}
