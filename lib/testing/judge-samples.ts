import type { PrismaClient } from "@/lib/db/generated/client";

/** What a reviewer's decision does to a sample, in one transaction as the product does it: state, slot, mark of the change. */
export async function judgeSample(
  db: PrismaClient,
  sample: { projectId: string; outputId: string; epochId: string },
  score: number | "unsure" | "undo",
): Promise<void> {
  const { projectId, outputId, epochId } = sample;
  const settled = typeof score === "number";
  await db.$transaction([
    db.sample.update({
      where: { projectId_outputId: { projectId, outputId } },
      data: {
        state: settled ? "SETTLED" : score === "unsure" ? "UNSURE" : "QUEUED",
        verdict: settled ? (score >= 1 ? "CORRECT" : "INCORRECT") : null,
        score: settled ? score : null,
        settledBy: settled ? "review" : null,
      },
    }),
    db.reviewSlot.updateMany({
      where: { projectId, outputId, look: 1 },
      data: { state: score === "undo" ? "OPEN" : "DONE" },
    }),
    db.dirtyEpoch.create({ data: { projectId, epochId } }),
  ]);
}

/** Judges open first looks in the order of the queue. Returns how many there were. */
export async function workQueue(
  db: PrismaClient,
  projectId: string,
  most: number,
  scoreOf: (externalId: string) => number | "unsure",
): Promise<number> {
  const slots = await db.reviewSlot.findMany({
    where: { projectId, state: "OPEN", look: 1 },
    orderBy: { orderKey: "asc" },
    take: most,
    include: { sample: { include: { output: { select: { externalId: true } } } } },
  });
  for (const { sample } of slots) await judgeSample(db, sample, scoreOf(sample.output.externalId));
  return slots.length;
}
