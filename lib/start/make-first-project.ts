import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { InstanceCtx, ProjectScope } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import { createApiKey } from "@/lib/project/create-api-key";
import { createProject } from "@/lib/project/create-project";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";

export interface FirstProject {
  name: string;
  /** Where the key is written, for its owner only. */
  keyFile: string;
  mintScope: (project: { id: string; slug: string; timeZone: string }) => ProjectScope;
}

/**
 * For an installation that nobody sits in front of: the project that its environment names, with a key in a file. Once in the life of
 * an installation; of several replicas that start at the same moment, one makes it. Returns its address, or null.
 */
export async function makeFirstProject(
  ctx: InstanceCtx,
  { name, keyFile, mintScope }: FirstProject,
): Promise<string | null> {
  return inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('assay-first-project'))`;
    const others = await tx.project.count({ where: { isDemo: false } });
    const erased = await tx.auditEvent.count({ where: { action: "project.erase", actorKind: "user" } });
    if (others + erased > 0) return null;
    const inside = { ...ctx, db: tx };
    const project = await createProject(
      inside,
      { name, time_zone: "UTC" },
      { sealSamplingSecret, createPlan: createDefaultPlan },
    );
    const { token } = await createApiKey(
      { ...inside, project: mintScope(project) },
      { name: "First key", scopes: ["outputs:write", "truth:write"] },
    );
    const admins = await tx.user.findMany({ where: { isAdmin: true }, select: { id: true } });
    await tx.membership.createMany({
      data: admins.map(({ id }) => ({ projectId: project.id, userId: id, role: "MANAGER" as const })),
    });
    // Before the commit: without its file nobody could ever use the key.
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, `${token}\n`, { mode: 0o600 });
    chmodSync(keyFile, 0o600);
    return project.slug;
  });
}
