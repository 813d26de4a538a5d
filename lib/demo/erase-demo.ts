import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { eraseProject } from "@/lib/project/erase-project";

/** The domain of the simulated people's addresses; nobody else can have one. */
export const SIMULATED_DOMAIN = "@simulated.example";

/**
 * Erases the demo project with everything in it, and the simulated people who belong to nothing else. While it is being made there is
 * nothing whole to erase: CONFLICT. @throws AppError NOT_FOUND when there is none
 */
export async function eraseDemo(ctx: InstanceCtx): Promise<void> {
  const run = await ctx.db.demoRun.findUnique({ where: { id: 1 } });
  if (run && run.finishedAt === null)
    throw new AppError("CONFLICT", "The demo project is still being made. Wait until it is there.", {
      reason: "demo",
    });
  const projects = await ctx.db.project.findMany({
    where: { isDemo: true },
    select: { slug: true, name: true },
  });
  if (projects.length === 0) throw new AppError("NOT_FOUND", "There is no demo project.");
  for (const { slug, name } of projects) await eraseProject(ctx, slug, name);
  await eraseSimulatedPeople(ctx);
}

/** They cannot sign in, and whom nothing refers to any more is nobody. */
export async function eraseSimulatedPeople({ db }: Pick<InstanceCtx, "db">): Promise<void> {
  await db.user.deleteMany({
    where: { email: { endsWith: SIMULATED_DOMAIN }, passwordHash: null, memberships: { none: {} } },
  });
}
