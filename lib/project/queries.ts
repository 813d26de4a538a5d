import type { z } from "zod";
import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import type { ProjectFacts } from "./access";
import type {
  auditEventSchema,
  inviteSchema,
  keySchema,
  Member,
  personSchema,
  projectListItemSchema,
  projectSchema,
} from "./schema";
import { SESSION_IDLE_HOURS } from "./session";

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

const ROLE_ORDER = ["MANAGER", "REVIEWER", "VIEWER"];

/** Members of the project, managers first. */
export async function listMembers(ctx: Ctx): Promise<Member[]> {
  const members = await ctx.db.membership.findMany({
    where: { projectId: ctx.project.id },
    include: { user: { select: { name: true, email: true, disabledAt: true } } },
    orderBy: { user: { name: "asc" } },
  });
  return members
    .map((member) => ({
      user_id: member.userId,
      name: member.user.name,
      email: member.user.email,
      role: member.role,
      disabled: member.user.disabledAt !== null,
      since: member.createdAt,
    }))
    .sort((a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role));
}

/** Links that somebody could still use: of this project, or the installation's own. */
export async function listInvites(ctx: Ctx | InstanceCtx): Promise<z.input<typeof inviteSchema>[]> {
  const scope = "project" in ctx ? { projectId: ctx.project.id } : { projectId: null, userId: null };
  const invites = await ctx.db.invite.findMany({
    where: { ...scope, usedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
    orderBy: { createdAt: "desc" },
  });
  return invites.map((invite) => ({
    id: invite.id,
    email: invite.email,
    role: invite.role,
    is_admin: invite.isAdmin,
    created_at: invite.createdAt,
    expires_at: invite.expiresAt,
  }));
}

/** Everybody with an account here. */
export async function listPeople(ctx: InstanceCtx): Promise<z.input<typeof personSchema>[]> {
  const idleSince = new Date(ctx.now.getTime() - SESSION_IDLE_HOURS * 3_600_000);
  const people = await ctx.db.user.findMany({
    orderBy: { name: "asc" },
    include: {
      memberships: {
        where: { project: { archivedAt: null } },
        select: { role: true, project: { select: { slug: true, name: true } } },
      },
      sessions: {
        where: { endedAt: null, expiresAt: { gt: ctx.now }, lastSeenAt: { gt: idleSince } },
        orderBy: { lastSeenAt: "desc" },
        select: { lastSeenAt: true },
      },
    },
  });
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    is_admin: person.isAdmin,
    disabled: person.disabledAt !== null,
    signs_in_with: person.oidcSubject ? "provider" : person.passwordHash ? "password" : "none",
    projects: person.memberships.map(({ role, project }) => ({ ...project, role })),
    last_seen_at: person.sessions[0]?.lastSeenAt ?? null,
    sign_ins: person.sessions.length,
  }));
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

const AUDIT_PAGE = 50;

/** What happened in this project (or, without one, in the installation), newest first; `before` is the last line's number. */
export async function listAudit(
  ctx: Ctx | InstanceCtx,
  before?: bigint,
): Promise<{ events: z.input<typeof auditEventSchema>[]; next: string | null }> {
  const rows = await ctx.db.auditEvent.findMany({
    where: {
      projectId: "project" in ctx ? ctx.project.id : null,
      ...(before === undefined ? {} : { seq: { lt: before } }),
    },
    orderBy: { seq: "desc" },
    take: AUDIT_PAGE + 1,
  });
  const page = rows.slice(0, AUDIT_PAGE);
  const names = await peopleNames(
    ctx,
    page.map((row) => (row.actorKind === "user" ? row.actorId : null)),
  );
  return {
    events: page.map((row) => ({
      seq: String(row.seq),
      at: row.at,
      actor:
        row.actorKind === "user"
          ? (names.get(row.actorId ?? "") ?? "a person who is gone")
          : `${row.actorKind} ${row.actorId ?? ""}`.trim(),
      action: row.action,
      object_kind: row.objectKind,
      object_id: row.objectId,
      details: row.details as Record<string, unknown>,
    })),
    next: rows.length > AUDIT_PAGE ? String(page.at(-1)?.seq) : null,
  };
}

async function peopleNames(ctx: InstanceCtx, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const people = await ctx.db.user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, person.name]));
}
