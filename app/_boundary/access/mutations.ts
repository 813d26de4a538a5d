import type { Principal } from "./who-may";
import { makeBreaker } from "@/lib/contract/testing/make-breaker";
import { makeChannel, makeDelivery } from "@/lib/alert/testing/make-channel";
import { newId } from "@/lib/core/id";
import type { User } from "@/lib/db/generated/client";
import { markRelease } from "@/lib/ingest/mark-release";
import { createAdminInvite, createProjectInvite } from "@/lib/project/create-invite";
import { hashPassword } from "@/lib/project/password";
import { removePicked } from "@/lib/review/change-picked";
import { makeGold } from "@/lib/review/make-gold";
import { pickOutputs } from "@/lib/review/pick-outputs";
import { makeBacktest } from "@/lib/testing/make-backtest";
import { type IncidentSettings, makeIncident, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { contextFor, makePerson } from "@/lib/testing/make-project";
import { addItems } from "@/lib/testing/make-review-queue";
import { settleByTruth } from "@/lib/testing/settle-by-truth";
import { makeView } from "@/lib/view/testing/make-view";
import { DEMO_MUTATIONS } from "./demo-mutations";
import { cookieOf, makeDoomedProject, makeHook, makeKey, makeLink, NOWHERE, type World } from "./world";

/** A request that the principal may make, with objects of its own, so that it changes nothing for the next one. */
export interface Mutation {
  params?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** Statuses of a permitted request when it is not simply done: what is missing has nothing to do with permission. */
  refusedWith?: number;
  /** Lines that this very change brings with it, beside those of its route. */
  alsoAudited?: readonly string[];
}

type Prepare = (world: World, principal: Principal) => Promise<Mutation>;

const PASSWORD = "a passphrase for the matrix";
let passwordHash: Promise<string> | null = null;

/** Somebody who holds the same rights in the own project as the principal, for requests that end sign-ins. */
async function double(world: World, principal: Principal): Promise<User> {
  passwordHash ??= hashPassword(PASSWORD);
  const rights = {
    isAdmin: principal === "admin" || principal === "adminMember",
    passwordHash: await passwordHash,
  };
  return makePerson(world.db, rights);
}

const P = "/api/v1/projects/[project]";
/** The example with the slot of another project, leased and all: it does not exist here. */
const foreignSlot =
  (body: Record<string, unknown>) =>
  async ({ db, foreign, people }: World): Promise<Mutation> => {
    const slot = await db.reviewSlot.findFirstOrThrow({ where: { projectId: foreign.project.id } });
    const lease = {
      holderId: people.stranger?.id ?? null,
      leaseToken: newId(),
      leaseExpiresAt: new Date(Date.now() + 60_000),
    };
    const where = { projectId_id: { projectId: foreign.project.id, id: slot.id } };
    await db.reviewSlot.update({ where, data: lease });
    const ids = { slot_id: slot.id, lease_token: lease.leaseToken, answer_schema_id: foreign.formId };
    // What is not there and what is another project's are told alike: as an item that is gone.
    return { body: { ...ids, ...body }, refusedWith: 410 };
  };
/** An incident of a segment of its own, in the state that the step needs. */
const freshIncident =
  (settings: IncidentSettings = {}) =>
  async ({ db, own }: World): Promise<Mutation> => ({
    params: { incident: await makeIncident(db, own.project, { value: newId(), ...settings }) },
  });
const answer = { label: "yes" };
const freshRelease = () => ({ model_name: "router", model_version: newId(), day: "2026-03-02" });
/** An output whose right answer is known. */
async function knownOutput({ db, own }: World): Promise<string> {
  const externalId = newId();
  await addItems(db, own, [{ externalId, input: { text: externalId }, output: answer }]);
  const [outputId = ""] = await settleByTruth(db, own, new Map([[externalId, answer]]));
  return outputId;
}
/** Picked by hand, and nobody has looked. */
async function freshBatch(world: World): Promise<string> {
  const batchId = newId();
  const outputIds = [await knownOutput(world)];
  await pickOutputs(contextFor(world.db, world.own.project), {
    batchId,
    note: "look",
    origin: "output",
    outputIds,
  });
  return batchId;
}
const PLAN = {
  attribute: null,
  floor_per_epoch: 5,
  flagged_factor: 3,
  rate_ratio_cap: 10,
  double_review_share: 0.1,
  expected_per_day: 1000,
  maturity_days: 14,
};
const MONITOR = {
  attributes: [],
  floor: 0.9,
  tolerance: 0.01,
  accepted_per_year: 0.5,
  unsure_counts_wrong: false,
};
/** People change only their own views, and those of everybody if they are managers. */
const ownView = ({ db, own, people }: World, principal: Principal) =>
  makeView(db, own.project, { ownerId: people[principal]?.id ?? null });
const tokenOf = (made: { path: string }) => made.path.split("#")[1] ?? "";

/** What the routes need that no example can hold. Routes that are not here get their declared example. */
export const MUTATIONS: Readonly<Record<string, Prepare>> = {
  ...DEMO_MUTATIONS,
  [`DELETE ${P}`]: async ({ db }) => {
    const doomed = await makeDoomedProject(db);
    return { params: { project: doomed.slug }, body: { name: doomed.name } };
  },
  [`POST ${P}/members`]: async ({ db }) => ({
    body: { email: (await makePerson(db)).email, role: "VIEWER" },
  }),
  [`PATCH ${P}/members/[member]`]: async ({ db, own }) => ({
    params: { member: (await makePerson(db, { project: own.project, role: "REVIEWER" })).id },
  }),
  [`DELETE ${P}/members/[member]`]: async ({ db, own }) => ({
    params: { member: (await makePerson(db, { project: own.project, role: "REVIEWER" })).id },
  }),
  [`DELETE ${P}/invites/[invite]`]: async ({ db, own }) => ({
    params: { invite: (await createProjectInvite(contextFor(db, own.project), { role: "VIEWER" })).id },
  }),
  [`DELETE ${P}/share-links/[link]`]: async ({ db, own }) => ({ params: { link: await makeLink(db, own) } }),
  [`DELETE ${P}/keys/[key]`]: async ({ db, own }) => ({
    params: { key: (await makeKey(db, own, "read")).id },
  }),
  [`POST ${P}/answer-schema`]: async ({ db, own }) => {
    const newest = await db.answerSchema.findFirstOrThrow({
      where: { projectId: own.project.id },
      orderBy: { version: "desc" },
    });
    const { definition, instructions, version } = newest;
    return { body: { definition, instructions: `${instructions} ${newId()}`, base_version: version } };
  },
  [`POST ${P}/gold`]: async (world) => ({
    body: { items: [{ output_id: await knownOutput(world), seeded: false }] },
  }),
  [`POST ${P}/gold/retire`]: async (world) => {
    const outputId = await knownOutput(world);
    await makeGold(contextFor(world.db, world.own.project), [{ outputId, seeded: false }]);
    return { body: { output_id: outputId, occasion: 1 } };
  },
  [`PATCH ${P}/alert-channels/[channel]`]: async ({ db, own }) => ({
    params: { channel: await makeChannel(db, own.project) },
  }),
  [`POST ${P}/alert-channels/[channel]/test`]: async ({ db, own }) => ({
    params: { channel: await makeChannel(db, own.project, NOWHERE) },
    alsoAudited: ["alert.blocked"],
  }),
  [`POST ${P}/alert-deliveries/[delivery]/replay`]: async ({ db, own }) => {
    const channelId = await makeChannel(db, own.project, NOWHERE);
    const delivery = await makeDelivery(db, own.project, "own", { channelId });
    return { params: { delivery }, alsoAudited: ["alert.blocked"] };
  },
  // The same mark again changes nothing.
  [`POST ${P}/releases`]: async () => ({ body: freshRelease() }),
  [`DELETE ${P}/releases/[release]`]: async ({ db, own }) => ({
    params: { release: (await markRelease(contextFor(db, own.project), freshRelease())).id },
  }),
  [`DELETE ${P}/alert-channels/[channel]`]: async ({ db, own }) => ({
    params: { channel: await makeChannel(db, own.project) },
  }),
  [`POST ${P}/alert-channels/[channel]/restore`]: async ({ db, own }) => ({
    params: { channel: await makeChannel(db, own.project, { deletedAt: new Date() }) },
  }),
  [`POST ${P}/views`]: async () => ({
    body: { kind: "outputs", name: newId(), query: "?verdict=incorrect", shared: false },
  }),
  [`PATCH ${P}/views/[view]`]: async (world, principal) => ({
    params: { view: await ownView(world, principal) },
    body: { name: newId() },
  }),
  [`DELETE ${P}/views/[view]`]: async (world, principal) => ({
    params: { view: await ownView(world, principal) },
  }),
  [`POST ${P}/diagnostics`]: async (world) => ({
    body: { batch_id: newId(), note: "look", origin: "output", outputs: [await knownOutput(world)] },
  }),
  [`POST ${P}/diagnostics/[batch]/remove`]: async (world) => ({ params: { batch: await freshBatch(world) } }),
  [`POST ${P}/diagnostics/[batch]/restore`]: async (world) => {
    const batchId = await freshBatch(world);
    await removePicked(contextFor(world.db, world.own.project), { batchId });
    return { params: { batch: batchId } };
  },
  [`PATCH ${P}/queue`]: async ({ db, own }) => {
    const { reviewsPausedAt } = await db.project.findUniqueOrThrow({ where: { id: own.project.id } });
    return { body: { paused: reviewsPausedAt === null } };
  },
  [`POST ${P}/queue/release`]: async (world) => {
    const { db, own, people } = world;
    const [outputId = ""] = await addItems(db, own, [{ externalId: newId(), input: {}, output: answer }]);
    const { id } = await db.reviewSlot.findFirstOrThrow({ where: { projectId: own.project.id, outputId } });
    const lease = { leaseToken: newId(), leaseExpiresAt: new Date(Date.now() + 60_000) };
    const where = { projectId_id: { projectId: own.project.id, id } };
    await db.reviewSlot.update({ where, data: { ...lease, holderId: people.reviewer?.id ?? null } });
    return { body: { slot_id: id } };
  },
  [`PATCH ${P}/reviewers/[reviewer]`]: async ({ db, own }) => ({
    params: { reviewer: (await makePerson(db, { project: own.project, role: "REVIEWER" })).id },
  }),
  [`PATCH ${P}/sources/[source]`]: async ({ db, own }) => ({
    params: { source: (await makeHook(db, own)).id },
  }),
  [`POST ${P}/sources/[source]/secret`]: async ({ db, own }) => ({
    params: { source: (await makeHook(db, own)).id },
  }),
  [`POST ${P}/plan`]: async ({ db, own }) => {
    const { version } = await db.samplingPlan.findFirstOrThrow({
      where: { projectId: own.project.id },
      orderBy: { version: "desc" },
    });
    return { body: { ...PLAN, base_version: version, reviews_per_week: 100 + version } };
  },
  [`POST ${P}/incidents/[incident]/acknowledge`]: freshIncident(),
  [`POST ${P}/incidents/[incident]/mute`]: async (world) => ({
    ...(await freshIncident()(world)),
    body: { until: new Date(Date.now() + 86_400_000).toISOString() },
  }),
  [`POST ${P}/incidents/[incident]/unmute`]: freshIncident({ mutedUntil: new Date(Date.now() + 86_400_000) }),
  [`POST ${P}/incidents/[incident]/resolve`]: freshIncident(),
  [`POST ${P}/incidents/[incident]/reopen`]: freshIncident({ state: "RESOLVED", resolvedAt: new Date() }),
  [`POST ${P}/incidents/[incident]/note`]: freshIncident(),
  [`POST ${P}/monitor`]: async ({ db, own }) => {
    const newest = await db.monitorPlan.aggregate({
      where: { projectId: own.project.id },
      _max: { version: true },
    });
    return { body: { ...MONITOR, base_version: newest._max.version ?? 0 } };
  },
  [`POST ${P}/contract/breakers/[breaker]`]: async ({ db, own }) => ({
    params: { breaker: await makeBreaker(db, own.project) },
  }),
  [`POST ${P}/contract`]: async ({ db, own }) => {
    const newest = await db.contract.aggregate({
      where: { projectId: own.project.id },
      _max: { version: true },
    });
    const definition = { rules: [{ rule: "required", path: "/input/text" }] };
    return { body: { definition, base_version: newest._max.version ?? 0 } };
  },
  [`POST ${P}/planner`]: async ({ db, own }) => {
    const where = { projectId: own.project.id };
    const { version } = await db.samplingPlan.findFirstOrThrow({ where, orderBy: { version: "desc" } });
    const newest = await db.monitorPlan.aggregate({ where, _max: { version: true } });
    const watched = (newest._max.version ?? 0) + 1;
    await makeMonitorPlan(db, own.project, { version: watched, attributes: [], floor: 0.9 });
    const goal = { drop: 0.05, weeks: 4, accepted_per_year: 0.5, attribute: null };
    return {
      body: { ...goal, reviews_per_week: 300 + version, sampling_version: version, monitor_version: watched },
    };
  },
  // Nothing has been judged there.
  [`POST ${P}/backtests`]: async () => ({ refusedWith: 409 }),
  [`POST ${P}/backtests/[backtest]/cancel`]: async ({ db, own }) => ({
    params: { backtest: await makeBacktest(db, own.project) },
  }),
  [`DELETE ${P}/backtests/[backtest]`]: async ({ db, own }) => ({
    params: { backtest: await makeBacktest(db, own.project, { state: "DONE" }) },
  }),
  [`POST ${P}/baseline`]: async () => ({ refusedWith: 409 }),
  [`POST ${P}/reviews/reveal`]: foreignSlot({ answer }),
  [`POST ${P}/reviews/skip`]: foreignSlot({
    submission_key: newId(),
    outcome: "CANNOT_JUDGE",
    reason: "It is missing.",
  }),
  [`POST ${P}/reviews/submit`]: foreignSlot({ submission_key: newId(), answer }),
  [`POST ${P}/reviews/undo`]: async () => ({ refusedWith: 410 }),
  "DELETE /api/v1/invites/[invite]": async ({ db, own }) => ({
    params: { invite: (await createAdminInvite(contextFor(db, own.project), {})).id },
  }),
  "POST /api/v1/invites/join": async (world, principal) => {
    const made = await createProjectInvite(contextFor(world.db, world.own.project), { role: "VIEWER" });
    return {
      body: { token: tokenOf(made) },
      headers: await cookieOf(world.db, await double(world, principal)),
    };
  },
  "PATCH /api/v1/users/[user]": async ({ db }) => ({ params: { user: (await makePerson(db)).id } }),
  "POST /api/v1/users/[user]/reset-link": async ({ db }) => ({ params: { user: (await makePerson(db)).id } }),
  "DELETE /api/v1/users/[user]/sign-ins": async ({ db }) => ({ params: { user: (await makePerson(db)).id } }),
  "DELETE /api/v1/session": async (world, principal) => ({
    headers: await cookieOf(world.db, await double(world, principal)),
  }),
  "DELETE /api/v1/session/others": async (world, principal) => ({
    headers: await cookieOf(world.db, await double(world, principal)),
  }),
  "POST /api/v1/session/password": async (world, principal) => ({
    headers: await cookieOf(world.db, await double(world, principal)),
    body: { current: PASSWORD, next: "another passphrase for it" },
  }),
};
