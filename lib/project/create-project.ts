import { createHash } from "node:crypto";
import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { numberedSlug, projectSlug } from "./project-slug";
import type { CreateProjectInput } from "./schema";

/** What a new project needs from domains that stand on this one; handed in, because this one may not import them. */
export interface ProjectParts {
  sealSamplingSecret(projectId: string, secret?: string): string;
  createPlan(
    tx: Tx,
    projectId: string,
    input: { reviewsPerWeek?: number; expectedPerDay?: number; createdBy?: string | null },
  ): Promise<unknown>;
}

export interface CreatedProject {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  isDemo: boolean;
}

/** The source that counts what comes in when a key names no other. */
export const DEFAULT_SOURCE = "API";

/**
 * Makes a project with its sampling plan and its default source; whoever makes it manages it. Two of one name at the same moment
 * get different addresses.
 */
export async function createProject(
  ctx: InstanceCtx,
  input: CreateProjectInput,
  parts: ProjectParts,
  facts: { isDemo?: boolean } = {},
): Promise<CreatedProject> {
  const id = newId();
  const creator = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return inTransaction(ctx.db, async (tx) => {
    const slug = await freeSlug(tx, input.name);
    const isDemo = facts.isDemo ?? false;
    await tx.project.create({
      data: {
        id,
        slug,
        name: input.name,
        timeZone: input.time_zone,
        isDemo,
        createdAt: ctx.now,
        sealedSamplingSecret: parts.sealSamplingSecret(id, seededSecret(input.sampling_seed)),
        samplingScope: input.sampling_seed === undefined ? id : `seed|${input.sampling_seed}`,
      },
    });
    await tx.source.create({ data: { projectId: id, id: newId(), kind: "API", name: DEFAULT_SOURCE } });
    if (creator) await tx.membership.create({ data: { projectId: id, userId: creator, role: "MANAGER" } });
    await parts.createPlan(tx, id, {
      createdBy: creator,
      ...(input.reviews_per_week === undefined ? {} : { reviewsPerWeek: input.reviews_per_week }),
      ...(input.expected_per_day === undefined ? {} : { expectedPerDay: input.expected_per_day }),
    });
    await writeAudit(tx, ctx, {
      action: "project.create",
      objectKind: "project",
      objectId: id,
      details: { slug, name: input.name, seeded: input.sampling_seed !== undefined },
    });
    return { id, slug, name: input.name, timeZone: input.time_zone, isDemo };
  });
}

/** A seed makes the draw repeatable and with that predictable: meant for recorded streams. */
function seededSecret(seed: string | undefined): string | undefined {
  return seed === undefined
    ? undefined
    : createHash("sha256").update(`assay-sampling-seed|${seed}`).digest("hex");
}

/** Under one lock for all creations, which are rare. An address that an erased project had stays unused. */
async function freeSlug(tx: Tx, name: string): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('assay-project-slug'))`;
  const wanted = projectSlug(name);
  const rows = await tx.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM project WHERE slug = ${wanted} OR slug LIKE ${`${wanted}-%`}
    UNION SELECT details ->> 'slug' FROM audit_event WHERE project_id IS NULL AND action = 'project.erase'`;
  const taken = new Set(rows.map((row) => row.slug));
  for (let number = 1; number <= 1000; number += 1) {
    const slug = numberedSlug(wanted, number);
    if (!taken.has(slug)) return slug;
  }
  throw new AppError("CONFLICT", "Too many projects have this name. Choose another.", {
    fields: { name: "Choose another name." },
  });
}
