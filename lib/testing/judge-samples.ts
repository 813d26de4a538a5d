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
      where: { projectId, outputId, occasion: 0, look: 1 },
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
    where: { projectId, state: "OPEN", occasion: 0, look: 1 },
    orderBy: { orderKey: "asc" },
    take: most,
    include: { output: { select: { externalId: true, sample: true } } },
  });
  for (const { output } of slots)
    if (output.sample) await judgeSample(db, output.sample, scoreOf(output.externalId));
  return slots.length;
}
