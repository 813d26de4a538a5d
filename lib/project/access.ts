import type { Actor } from "@/lib/core/ctx";
import type { Db } from "@/lib/db/client";
import type { TruthCoverage } from "@/lib/db/generated/enums";
import { type Capability, keyCapabilities, personCapabilities } from "./permission";
import { SESSION_TOUCH_SECONDS, sessionIsLive } from "./session";

export type UserActor = Extract<Actor, { kind: "user" }>;

/** The person behind a sign-in, read from its row on every request; null when it ended, ran out or its owner is disabled. */
export async function readSessionActor(
  db: Db,
  sessionId: string,
  userId: string,
  now: Date,
): Promise<UserActor | null> {
  const session = await db.session.findUnique({
    where: { id: sessionId },
    select: {
      id: true,
      userId: true,
      lastSeenAt: true,
      expiresAt: true,
      endedAt: true,
      user: { select: { name: true, isAdmin: true, disabledAt: true } },
    },
  });
  if (!session || session.userId !== userId) return null;
  if (!sessionIsLive({ ...session, userDisabledAt: session.user.disabledAt }, now)) return null;
  const touchBefore = new Date(now.getTime() - SESSION_TOUCH_SECONDS * 1000);
  if (session.lastSeenAt < touchBefore) {
    await db.session.updateMany({
      where: { id: session.id, lastSeenAt: { lt: touchBefore } },
      data: { lastSeenAt: now },
    });
  }
  return { kind: "user", userId, sessionId, isAdmin: session.user.isAdmin, name: session.user.name };
}

/** What pages and routes may know about the project they run in. */
export interface ProjectFacts {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  isDemo: boolean;
  truthCoverage: TruthCoverage;
  reviewersSeeCharts: boolean;
  viewersSeePayloads: boolean;
  createdAt: Date;
}

export interface ProjectAccess {
  project: ProjectFacts;
  capabilities: ReadonlySet<Capability>;
}

/** The project of this slug with what the actor may do in it; null when it does not exist or is none of the actor's business. */
export async function readProjectAccess(db: Db, actor: Actor, slug: string): Promise<ProjectAccess | null> {
  const found = await db.project.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      name: true,
      timeZone: true,
      isDemo: true,
      truthCoverage: true,
      reviewersSeeCharts: true,
      viewersSeePayloads: true,
      createdAt: true,
      archivedAt: true,
      memberships: {
        where: { userId: actor.kind === "user" ? actor.userId : "00000000-0000-0000-0000-000000000000" },
        select: { role: true },
      },
      apiKeys: { where: { keyId: actor.kind === "apiKey" ? actor.keyId : "" }, select: { id: true } },
    },
  });
  if (!found || found.archivedAt) return null;
  const { memberships, apiKeys, archivedAt: _, ...project } = found;
  if (actor.kind === "apiKey") {
    return apiKeys.length === 1 ? { project, capabilities: keyCapabilities(actor.scopes) } : null;
  }
  if (actor.kind !== "user") return null;
  const role = memberships[0]?.role ?? null;
  if (!role && !actor.isAdmin) return null;
  return { project, capabilities: personCapabilities({ ...project, isAdmin: actor.isAdmin, role }) };
}
