import type { z } from "zod";
import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { deviceName } from "./device-name";
import type { inviteSchema, Member, personSchema } from "./schema";
import { SESSION_IDLE_HOURS } from "./session";

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

/** The signed-in person, for the account page. */
export async function ownAccount(ctx: InstanceCtx): Promise<{
  user_id: string;
  name: string;
  email: string;
  is_admin: boolean;
  has_password: boolean;
}> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("UNAUTHENTICATED", "Sign in first.");
  const person = await ctx.db.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { name: true, email: true, isAdmin: true, passwordHash: true },
  });
  return {
    user_id: actor.userId,
    name: person.name,
    email: person.email,
    is_admin: person.isAdmin,
    has_password: person.passwordHash !== null,
  };
}

/** Where the signed-in person is signed in right now, the latest first. */
export async function ownSignIns(
  ctx: InstanceCtx,
): Promise<
  { id: string; since: Date; lastSeenAt: Date; device: string; network: string | null; isThis: boolean }[]
> {
  const { actor } = ctx;
  if (actor.kind !== "user") return [];
  const idleSince = new Date(ctx.now.getTime() - SESSION_IDLE_HOURS * 3_600_000);
  const sessions = await ctx.db.session.findMany({
    where: { userId: actor.userId, endedAt: null, expiresAt: { gt: ctx.now }, lastSeenAt: { gt: idleSince } },
    orderBy: { lastSeenAt: "desc" },
    take: 50,
  });
  return sessions.map((session) => ({
    id: session.id,
    since: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    device: deviceName(session.userAgent),
    network: session.ipPrefix,
    isThis: session.id === actor.sessionId,
  }));
}

/** Names by id, for lines that say who did something. */
export async function peopleNames(ctx: InstanceCtx, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const people = await ctx.db.user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, person.name]));
}

/** Whether the person has not put the tour of the simulated project away. */
export async function wantsTour({ db, actor }: InstanceCtx): Promise<boolean> {
  if (actor.kind !== "user") return false;
  return (await db.user.count({ where: { id: actor.userId, tourHiddenAt: null } })) > 0;
}
