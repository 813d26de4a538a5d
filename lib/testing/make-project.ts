import { createHash, randomBytes } from "node:crypto";
import { type Actor, type Ctx, mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { masterKey } from "@/lib/core/master-key";
import { seal } from "@/lib/core/seal";
import type { Prisma, PrismaClient, Project, User } from "@/lib/db/generated/client";
import type { Role } from "@/lib/db/generated/enums";
import { sessionExpiry } from "@/lib/project/session";

let made = 0;

/**
 * A project without people, sources or plan. The n-th one of a test file draws the same samples in every run: its secret and its scope
 * come from n, so that no count in a test rests on the luck of a secret.
 */
export async function makeProject(
  db: PrismaClient,
  settings: Partial<Prisma.ProjectUncheckedCreateInput> = {},
): Promise<Project> {
  const id = newId();
  const slug = `project-${randomBytes(4).toString("hex")}`;
  made += 1;
  const samplingScope = `project ${made}`;
  const secret = createHash("sha256").update(samplingScope).digest("hex");
  const sealedSamplingSecret = seal(masterKey(), secret, `project|${id}|sampling`);
  return db.project.create({
    data: { id, slug, name: `Project ${slug}`, sealedSamplingSecret, samplingScope, ...settings },
  });
}

/** A person without a password, member of `project` when a role is given. */
export async function makePerson(
  db: PrismaClient,
  settings: Partial<Prisma.UserUncheckedCreateInput> & { project?: { id: string }; role?: Role } = {},
): Promise<User> {
  const { project, role, ...user } = settings;
  const id = newId();
  const email = `person-${randomBytes(4).toString("hex")}@example.org`;
  const created = await db.user.create({
    data: { id, email, name: `Person ${email.slice(7, 15)}`, ...user },
  });
  if (project && role)
    await db.membership.create({ data: { projectId: project.id, userId: created.id, role } });
  return created;
}

/** A live sign-in of this person: its id. */
export async function makeSession(db: PrismaClient, user: { id: string }, now = new Date()): Promise<string> {
  const id = newId();
  await db.session.create({
    data: { id, userId: user.id, createdAt: now, lastSeenAt: now, expiresAt: sessionExpiry(now) },
  });
  return id;
}

/** A use case's context, as the boundary would make it. */
export function contextFor(
  db: PrismaClient,
  project: { id: string; slug: string; timeZone: string },
  actor: Actor = { kind: "system", job: "test" },
  now = new Date(),
): Ctx {
  return { db, actor, project: mintProjectScope(project), now, requestId: newId() };
}

export function actorFor(user: User, sessionId: string = newId()): Extract<Actor, { kind: "user" }> {
  return { kind: "user", userId: user.id, sessionId, isAdmin: user.isAdmin, name: user.name };
}
