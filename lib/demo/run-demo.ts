import type { InstanceCtx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { log } from "@/lib/core/log";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type DemoParts, makeDemo } from "./create-demo-project";
import { eraseUnfinished } from "./unfinished-demo";

const PROBLEM = "The demo project could not be made; the log of the server says why.";

/**
 * Makes the demo that somebody asked for, and notes how far it is. Taken up again after a kill, it begins anew: what was half filled
 * is erased first. What fails is told on the page, where one can ask again.
 */
export async function runDemo(
  db: PrismaClient,
  parts: Pick<DemoParts, "mintScope" | "stream">,
): Promise<void> {
  const run = await db.demoRun.findUnique({ where: { id: 1 } });
  if (!run || run.finishedAt !== null) return;
  const note = (data: Parameters<typeof db.demoRun.update>[0]["data"]) =>
    db.demoRun.update({ where: { id: 1 }, data });
  const ctx: InstanceCtx = {
    db,
    actor: { kind: "system", job: "demo" },
    now: new Date(),
    requestId: newId(),
  };
  await note({ startedAt: ctx.now, weeksDone: 0, weeksAll: 0 });
  try {
    await eraseUnfinished(ctx);
    await makeDemo(ctx, {
      ...parts,
      progress: async (done, all) => void (await note({ weeksDone: done, weeksAll: all })),
    });
    await note({ finishedAt: new Date() });
  } catch (error) {
    log().error({ err: error }, "the demo project could not be made");
    await eraseUnfinished(ctx);
    await note({ finishedAt: new Date(), problem: PROBLEM });
  }
}
