import type { Ctx } from "@/lib/core/ctx";
import type { Segment } from "@/lib/estimate/schema";

/** Accuracy that must not be undershot, as a line of a chart. */
export interface AccuracyFloor {
  accuracy: number;
  /** What somebody promised; else it follows from the pilot. */
  promised: boolean;
}

/** Of the version in force; null while nothing is watched, or a segment is neither watched nor under a promise. */
export async function readFloor(
  { db, project }: Pick<Ctx, "db" | "project">,
  { attribute, value }: Segment,
): Promise<AccuracyFloor | null> {
  const plan = await db.monitorPlan.findFirst({
    where: { projectId: project.id },
    orderBy: { version: "desc" },
    select: {
      floor: true,
      boundary: true,
      attributes: true,
      boundaries: { where: { attribute, value }, select: { boundary: true }, take: 1 },
    },
  });
  if (!plan) return null;
  if (plan.floor !== null) return { accuracy: plan.floor, promised: true };
  if (attribute !== "" && !plan.attributes.includes(attribute)) return null;
  return { accuracy: plan.boundaries[0]?.boundary ?? plan.boundary, promised: false };
}
