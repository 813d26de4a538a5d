import { syntheticSettings } from "@/lib/backtest/testing/synthetic-settings";
import { newId } from "@/lib/core/id";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";

/** A stored backtest that nobody works on. Returns its id. */
export async function makeBacktest(
  db: PrismaClient,
  project: { id: string },
  changes: Partial<Prisma.BacktestUncheckedCreateInput> = {},
): Promise<string> {
  const id = newId();
  const settings = syntheticSettings();
  await db.backtest.create({
    data: { projectId: project.id, id, settings, drawsTotal: settings.draws, ...changes },
  });
  return id;
}
