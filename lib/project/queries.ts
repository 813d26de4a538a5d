import type { z } from "zod";
import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import type { ProjectFacts } from "./access";
import { peopleNames } from "./people-queries";
import type { keySchema, projectListItemSchema, projectSchema } from "./schema";

/** Projects that the actor may open, demo last, then by name. */
export async function listProjects(ctx: InstanceCtx): Promise<z.input<typeof projectListItemSchema>[]> {
  const { actor } = ctx;
  if (actor.kind !== "user") return [];
  const projects = await ctx.db.project.findMany({
    where: {
      archivedAt: null,
      ...(actor.isAdmin ? {} : { memberships: { some: { userId: actor.userId } } }),
    },
    orderBy: [{ isDemo: "asc" }, { name: "asc" }],
    select: {
      id: true,
      slug: true,
      name: true,
      timeZone: true,
      isDemo: true,
      memberships: { where: { userId: actor.userId }, select: { role: true } },
    },
  });
  return projects.map((project) => ({
    id: project.id,
    slug: project.slug,
    name: project.name,
    time_zone: project.timeZone,
    is_demo: project.isDemo,
    role: project.memberships[0]?.role ?? null,
  }));
}

export function describeProject(project: ProjectFacts): z.input<typeof projectSchema> {
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    time_zone: project.timeZone,
    is_demo: project.isDemo,
    truth_coverage: project.truthCoverage,
    reviewers_see_charts: project.reviewersSeeCharts,
    viewers_see_payloads: project.viewersSeePayloads,
    created_at: project.createdAt,
  };
}

/** Keys of the project, those in use first, newest first. */
export async function listKeys(ctx: Ctx): Promise<z.input<typeof keySchema>[]> {
  const keys = await ctx.db.apiKey.findMany({
    where: { projectId: ctx.project.id },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
    include: { source: { select: { id: true, name: true, recordedHistory: true } } },
  });
  const names = await peopleNames(
    ctx,
    keys.map((key) => key.createdBy),
  );
  return keys.map((key) => ({
    id: key.id,
    key_id: key.keyId,
    last_four: key.lastFour,
    name: key.name,
    scopes: key.scopes,
    source: { id: key.source.id, name: key.source.name, recorded_history: key.source.recordedHistory },
    created_at: key.createdAt,
    created_by: key.createdBy ? (names.get(key.createdBy) ?? null) : null,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
    state: key.revokedAt ? "revoked" : key.expiresAt && key.expiresAt <= ctx.now ? "expired" : "active",
  }));
}

/** Sources that a key can send as. */
export async function listKeySources(
  ctx: Ctx,
): Promise<{ id: string; name: string; recordedHistory: boolean }[]> {
  return ctx.db.source.findMany({
    where: { projectId: ctx.project.id, kind: "API", disabledAt: null },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, recordedHistory: true },
  });
}
