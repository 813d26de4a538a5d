import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";

export interface DefaultPlanInput {
  reviewsPerWeek?: number;
  attribute?: string | null;
  expectedPerDay?: number;
  createdBy?: string | null;
}

/** Version 1 of the sampling plan, written in the transaction that creates the project. Returns the plan's id. */
export async function createDefaultPlan(
  tx: Tx,
  projectId: string,
  input: DefaultPlanInput = {},
): Promise<string> {
  const id = newId();
  await tx.samplingPlan.create({
    data: {
      projectId,
      id,
      version: 1,
      reviewsPerWeek: input.reviewsPerWeek ?? 100,
      attribute: input.attribute ?? null,
      expectedPerDay: input.expectedPerDay ?? 1000,
      createdBy: input.createdBy ?? null,
    },
  });
  return id;
}
