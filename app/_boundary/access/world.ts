import { hash } from "node:crypto";
import { makeBreaker } from "@/lib/contract/testing/make-breaker";
import { markRelease } from "@/lib/ingest/mark-release";
import { makeChannel, makeDelivery } from "@/lib/alert/testing/make-channel";
import { newId } from "@/lib/core/id";
import type { PrismaClient, Project, User } from "@/lib/db/generated/client";
import { makeApiKey } from "@/lib/project/make-api-key";
import { createAdminInvite, createProjectInvite } from "@/lib/project/create-invite";
import { pickOutputs } from "@/lib/review/pick-outputs";
import { createLink } from "@/lib/share/create-link";
import { makeBacktest } from "@/lib/testing/make-backtest";
import { makeIncident } from "@/lib/testing/make-monitor";
import { contextFor, makePerson, makeProject, makeSession } from "@/lib/testing/make-project";
import { makeView } from "@/lib/view/testing/make-view";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { encodeSignInToken, sessionCookieName } from "@/app/_boundary/sign-in-token";
import type { Principal } from "./who-may";

/** Texts that may appear only in front of some: whoever else sees one has seen too much. */
export const CANARIES: readonly { text: string; mayBeSeenBy: readonly Principal[] }[] = [
  { text: "CANARY-FOREIGN", mayBeSeenBy: ["stranger", "keyForeign", "adminMember", "admin"] },
  { text: "CANARY-PAYLOAD", mayBeSeenBy: ["manager", "adminMember", "admin"] },
];

export interface World {
  db: PrismaClient;
  own: ReviewQueue;
  foreign: ReviewQueue;
  people: Partial<Record<Principal, User>>;
  headers: Record<Principal, Record<string, string>>;
  /** Ids by the name of the path's parameter: in the own project, in the foreign one. */
  ids: Record<string, { own: string; foreign: string }>;
}

/** Two projects that know nothing of each other, and everybody who may or may not knock. */
export async function makeWorld(db: PrismaClient): Promise<World> {
  const own = await queue(db, "Own project", "CANARY-PAYLOAD");
  const foreign = await queue(db, "CANARY-FOREIGN project", "CANARY-FOREIGN");
  const people = {
    stranger: await makePerson(db, {
      project: foreign.project,
      role: "MANAGER",
      name: "CANARY-FOREIGN person",
    }),
    viewer: await makePerson(db, { project: own.project, role: "VIEWER" }),
    reviewer: await makePerson(db, { project: own.project, role: "REVIEWER" }),
    manager: await makePerson(db, { project: own.project, role: "MANAGER" }),
    adminMember: await makePerson(db, { project: own.project, role: "MANAGER", isAdmin: true }),
    admin: await makePerson(db, { isAdmin: true }),
    disabled: await makePerson(db, {
      project: own.project,
      role: "MANAGER",
      isAdmin: true,
      disabledAt: new Date(),
    }),
    ended: await makePerson(db, { project: own.project, role: "MANAGER", isAdmin: true }),
  };
  const key = (queue: ReviewQueue, scope: string, over: "" | "revoked" | "expired" = "") =>
    makeKey(db, queue, scope, over);
  const headers: Record<Principal, Record<string, string>> = {
    nobody: {},
    disabled: await cookieOf(db, people.disabled),
    ended: await cookieOf(db, people.ended, new Date()),
    stranger: await cookieOf(db, people.stranger),
    viewer: await cookieOf(db, people.viewer),
    reviewer: await cookieOf(db, people.reviewer),
    manager: await cookieOf(db, people.manager),
    adminMember: await cookieOf(db, people.adminMember),
    admin: await cookieOf(db, people.admin),
    keyOutputs: (await key(own, "outputs:write")).headers,
    keyTruth: (await key(own, "truth:write")).headers,
    keyRead: (await key(own, "read")).headers,
    keyForeign: (await key(foreign, "read")).headers,
    keyRevoked: (await key(own, "outputs:write", "revoked")).headers,
    keyExpired: (await key(own, "read", "expired")).headers,
  };
  return { db, own, foreign, people, headers, ids: await objects(db, own, foreign, people.stranger) };
}

/** Alerts of the tests are refused before anything leaves the machine. */
export const NOWHERE = { destination: "https://localhost/" };

async function queue(db: PrismaClient, name: string, payload: string): Promise<ReviewQueue> {
  const items = Array.from({ length: 12 }, (_, at) => ({
    input: { text: `${payload} ${at}` },
    output: { label: "yes" },
  }));
  return makeReviewQueue(db, { items, project: { name } });
}

async function objects(
  db: PrismaClient,
  own: ReviewQueue,
  foreign: ReviewQueue,
  stranger: User,
): Promise<World["ids"]> {
  const member = await makePerson(db, { project: own.project, role: "REVIEWER" });
  const [invite, foreignInvite, adminInvite] = [
    await createProjectInvite(contextFor(db, own.project), { role: "VIEWER" }),
    await createProjectInvite(contextFor(db, foreign.project), { role: "VIEWER" }),
    await createAdminInvite(contextFor(db, own.project), {}),
  ];
  const output = (project: Project) => anyOutput(db, project);
  return {
    member: { own: member.id, foreign: stranger.id },
    invite: { own: invite.id, foreign: foreignInvite.id },
    adminInvite: { own: adminInvite.id, foreign: invite.id },
    key: { own: (await makeKey(db, own, "read")).id, foreign: (await makeKey(db, foreign, "read")).id },
    backtest: {
      own: await makeBacktest(db, own.project, { state: "CANCELLED" }),
      foreign: await makeBacktest(db, foreign.project, { state: "FAILED", problem: "CANARY-FOREIGN" }),
    },
    incident: {
      own: await makeIncident(db, own.project, { value: "own" }),
      foreign: await makeIncident(db, foreign.project, { value: "CANARY-FOREIGN" }),
    },
    release: { own: await makeRelease(db, own), foreign: await makeRelease(db, foreign, "CANARY-FOREIGN") },
    breaker: {
      own: await makeBreaker(db, own.project),
      foreign: await makeBreaker(db, foreign.project, "CANARY-FOREIGN"),
    },
    channel: {
      own: await makeChannel(db, own.project, NOWHERE),
      foreign: await makeChannel(db, foreign.project, { ...NOWHERE, name: "CANARY-FOREIGN" }),
    },
    delivery: {
      own: await makeDelivery(db, own.project, "own", {
        channelId: await makeChannel(db, own.project, NOWHERE),
      }),
      foreign: await makeDelivery(db, foreign.project, "CANARY-FOREIGN"),
    },
    link: { own: await makeLink(db, own), foreign: await makeLink(db, foreign) },
    batch: {
      own: await makeBatch(db, own, (await output(own.project)).id, "own"),
      foreign: await makeBatch(db, foreign, (await output(foreign.project)).id, "CANARY-FOREIGN"),
    },
    reviewer: { own: member.id, foreign: stranger.id },
    view: { own: await makeView(db, own.project), foreign: await makeForeignView(db, foreign) },
    output: { own: (await output(own.project)).id, foreign: (await output(foreign.project)).id },
    user: { own: member.id, foreign: newId() },
    source: { own: (await makeHook(db, own)).id, foreign: (await makeHook(db, foreign)).id },
    hook: { own: (await makeHook(db, own)).path, foreign: newId().replaceAll("-", "") },
    record: {
      own: await makeQuarantined(db, own, "CANARY-PAYLOAD"),
      foreign: await makeQuarantined(db, foreign, "CANARY-FOREIGN"),
    },
  };
}

async function makeRelease(db: PrismaClient, { project }: ReviewQueue, version = "1.0"): Promise<string> {
  const input = { model_name: "router", model_version: version, day: "2026-02-02" };
  return (await markRelease(contextFor(db, project), input)).id;
}

function makeForeignView(db: PrismaClient, { project }: ReviewQueue): Promise<string> {
  return makeView(db, project, { name: "CANARY-FOREIGN" });
}

function anyOutput(db: PrismaClient, project: Project): Promise<{ id: string }> {
  return db.output.findFirstOrThrow({ where: { projectId: project.id }, select: { id: true } });
}

export async function makeLink(db: PrismaClient, { project }: Pick<ReviewQueue, "project">): Promise<string> {
  const link = { name: `${project.name} wiki`, picture: "badge", attribute: "", value: "" } as const;
  return (await createLink(contextFor(db, project), link)).id;
}

async function makeBatch(
  db: PrismaClient,
  { project }: ReviewQueue,
  outputId: string,
  note: string,
): Promise<string> {
  const batchId = newId();
  await pickOutputs(contextFor(db, project), { batchId, note, origin: "output", outputIds: [outputId] });
  return batchId;
}

/** A record that could not be taken; its bytes and what was found in it are payload. */
async function makeQuarantined(
  db: PrismaClient,
  { project, sourceId }: ReviewQueue,
  payload: string,
): Promise<string> {
  const id = newId();
  const raw = Buffer.from(`{"text": "${payload}"`);
  const code = "PARSE_INVALID_JSON";
  await db.quarantine.create({
    data: {
      projectId: project.id,
      id,
      sourceId,
      receivedAt: new Date(),
      reasons: [{ code, path: "", observed: payload }],
      firstCode: code,
      raw,
      rawLength: raw.length,
      rawHash: new Uint8Array(hash("sha256", raw, "buffer")),
    },
  });
  return id;
}

/** A hook without a secret that could sign for it. */
export async function makeHook(
  db: PrismaClient,
  { project }: ReviewQueue,
): Promise<{ id: string; path: string }> {
  const id = newId();
  const hookPath = newId().replaceAll("-", "");
  await db.source.create({
    data: {
      projectId: project.id,
      id,
      kind: "HOOK",
      name: "Hook",
      signature: "STANDARD",
      hookPath,
    },
  });
  return { id, path: hookPath };
}

export async function cookieOf(
  db: PrismaClient,
  person: User,
  endedAt?: Date,
): Promise<Record<string, string>> {
  const sid = await makeSession(db, person);
  if (endedAt) await db.session.update({ where: { id: sid }, data: { endedAt } });
  return { cookie: `${sessionCookieName()}=${await encodeSignInToken({ uid: person.id, sid })}` };
}

export async function makeKey(
  db: PrismaClient,
  { project, sourceId }: Pick<ReviewQueue, "project" | "sourceId">,
  scope: string,
  over: "" | "revoked" | "expired" = "",
): Promise<{ id: string; headers: Record<string, string> }> {
  const { token, keyId, secretHash, lastFour } = makeApiKey();
  const id = newId();
  const before = new Date(Date.now() - 60_000);
  await db.apiKey.create({
    data: {
      projectId: project.id,
      id,
      keyId,
      secretHash: new Uint8Array(secretHash),
      lastFour,
      name: scope,
      scopes: [scope],
      sourceId,
      revokedAt: over === "revoked" ? before : null,
      expiresAt: over === "expired" ? before : null,
    },
  });
  return { id, headers: { authorization: `Bearer ${token}` } };
}

/** A project that only exists to be erased. */
export async function makeDoomedProject(db: PrismaClient): Promise<Project> {
  return makeProject(db, { name: "Doomed" });
}
