import { randomBytes } from "node:crypto";
import { newId } from "@/lib/core/id";
import type { PrismaClient } from "@/lib/db/generated/client";
import { settleSample } from "@/lib/review/settle-sample";
import type { ReviewQueue } from "./make-review-queue";
import { contextFor } from "./make-project";

/** Truths that came by API for some outputs of a queue, settled as the job does it. Returns the outputs' ids in the same order. */
export async function settleByTruth(
  db: PrismaClient,
  queue: Pick<ReviewQueue, "project">,
  truths: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const projectId = queue.project.id;
  await db.project.update({ where: { id: projectId }, data: { truthCoverage: "COMPLETE" } });
  await db.groundTruth.createMany({
    data: [...truths].map(([externalId, value]) => ({
      projectId,
      id: newId(),
      externalId,
      value: value as object,
      receivedAt: new Date(),
      contentHash: randomBytes(32),
    })),
  });
  const outputs = await db.output.findMany({
    where: { projectId, externalId: { in: [...truths.keys()] } },
    select: { id: true, externalId: true },
  });
  const ctx = contextFor(db, queue.project);
  for (const { id } of outputs) await db.$transaction((tx) => settleSample(tx, ctx, id));
  const ids = new Map(outputs.map((output) => [output.externalId, output.id]));
  return [...truths.keys()].map((externalId) => ids.get(externalId) ?? "");
}
