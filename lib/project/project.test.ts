import { expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { openSamplingSecret, sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { readProjectAccess } from "./access";
import { listAudit } from "./audit-queries";
import { createApiKey, revokeApiKey } from "./create-api-key";
import { createProject, type ProjectParts } from "./create-project";
import { projectSlug } from "./project-slug";
import { listKeys, listProjects } from "./queries";
import { readApiKeyActor } from "./read-api-key";
import { createKeySchema, createProjectSchema, updateProjectSchema } from "./schema";
import { updateProject } from "./update-project";

const { db } = await testDatabase();
const admin = await makePerson(db, { isAdmin: true });
const parts: ProjectParts = { sealSamplingSecret, createPlan: createDefaultPlan };
const ctx = (): InstanceCtx => ({ db, actor: actorFor(admin), now: new Date(), requestId: newId() });
const create = (input: unknown) => createProject(ctx(), createProjectSchema.parse(input), parts);

test("a new project has a plan, a source and a manager, and one audit line", async () => {
  const created = await create({
    name: "Mail room – Köln",
    time_zone: "Europe/Berlin",
    reviews_per_week: 40,
  });
  expect(created.slug).toBe("mail-room-koln");
  const stored = await db.project.findUniqueOrThrow({
    where: { id: created.id },
    include: { samplingPlans: true, sources: true, memberships: true },
  });
  expect(stored.samplingPlans).toMatchObject([{ version: 1, reviewsPerWeek: 40 }]);
  expect(stored.sources).toMatchObject([{ name: "API", kind: "API", recordedHistory: false }]);
  expect(stored.memberships).toMatchObject([{ userId: admin.id, role: "MANAGER" }]);
  expect(stored.samplingScope).toBe(created.id);
  const events = await db.auditEvent.findMany({ where: { objectId: created.id } });
  expect(events).toMatchObject([{ action: "project.create", projectId: null }]);
});

test("twelve projects of one name at once get twelve addresses", async () => {
  const created = await Promise.all(Array.from({ length: 12 }, () => create({ name: "Twin" })));
  expect(new Set(created.map((project) => project.slug)).size).toBe(12);
  expect(created.map((project) => project.slug)).toContain("twin");
});

test("a seed repeats the draw in another project; without one every project draws its own", async () => {
  const seeded = await Promise.all([1, 2].map(() => create({ name: "Replay", sampling_seed: "7" })));
  const plain = await Promise.all([1, 2].map(() => create({ name: "Replay" })));
  const draw = async ({ id }: { id: string }) => {
    const project = await db.project.findUniqueOrThrow({ where: { id } });
    return `${project.samplingScope} ${openSamplingSecret(id, project.sealedSamplingSecret)}`;
  };
  const [seededDraws, plainDraws] = [await Promise.all(seeded.map(draw)), await Promise.all(plain.map(draw))];
  expect(seededDraws[0]).toBe(seededDraws[1]);
  expect(plainDraws[0]).not.toBe(plainDraws[1]);
});

test.each([
  ["Mail room", "mail-room"],
  ["Straße 7 / Ångström", "strasse-7-angstrom"],
  ["API", "api-1"],
  ["…", "project-1"],
  ["x".repeat(100), "x".repeat(48)],
  ["--a--", "a"],
])("%s is found under %s", (name, slug) => {
  expect(projectSlug(name)).toBe(slug);
});

test("settings change one by one and say so in the audit log", async () => {
  const project = await create({ name: "Tuning" });
  const manage = contextFor(db, project, actorFor(admin));
  await updateProject(manage, updateProjectSchema.parse({ viewers_see_payloads: true }));
  const changed = await updateProject(
    manage,
    updateProjectSchema.parse({ name: "Renamed", time_zone: "Asia/Tokyo" }),
  );
  expect(changed).toMatchObject({
    name: "Renamed",
    timeZone: "Asia/Tokyo",
    viewersSeePayloads: true,
    slug: "tuning",
  });
  const { events } = await listAudit(manage);
  expect(events.map((event) => event.details)).toEqual([
    { name: "Renamed", time_zone: "Asia/Tokyo" },
    { viewers_see_payloads: true },
  ]);
  expect(events[0]?.actor).toBe(admin.name);
});

test("the audit log is read page by page and shows no other project's lines", async () => {
  const project = await makeProject(db);
  const other = await makeProject(db);
  for (let round = 0; round < 66; round += 1) {
    await updateProject(contextFor(db, round % 6 === 0 ? other : project, actorFor(admin)), {
      reviewers_see_charts: round % 2 === 0,
    });
  }
  const manage = contextFor(db, other, actorFor(admin));
  expect((await listAudit(manage)).events).toHaveLength(11);
  const first = await listAudit(contextFor(db, project));
  expect([first.events.length, first.next]).toEqual([50, first.events.at(-1)?.seq ?? null]);
  expect((await listAudit(contextFor(db, project), BigInt(first.next ?? 0))).events).toHaveLength(5);
});

test.each(["Mars/Olympus", "+02:00", "", "Europe/Berlin'; --"])("not a time zone: %j", (time_zone) => {
  expect(createProjectSchema.safeParse({ name: "x", time_zone }).success).toBe(false);
});

test("a person sees the projects they belong to, an administrator all", async () => {
  const [mine, foreign] = [await makeProject(db), await makeProject(db)];
  const viewer = await makePerson(db, { project: mine, role: "VIEWER" });
  const seen = await listProjects({ ...ctx(), actor: actorFor(viewer) });
  expect(seen).toMatchObject([{ slug: mine.slug, role: "VIEWER" }]);
  const all = (await listProjects(ctx())).map((project) => project.slug);
  expect(all).toEqual(expect.arrayContaining([mine.slug, foreign.slug]));
});

test("a key works in its project with its scopes until it is revoked or expires", async () => {
  const project = await create({ name: "Keys" });
  const other = await create({ name: "Other keys" });
  const manage = contextFor(db, project, actorFor(admin));
  const input = createKeySchema.parse({ name: "reader", scopes: ["read"], expires_in_days: 1 });
  const key = await createApiKey(manage, input);
  const actor = await readApiKeyActor(db, key.token, new Date());
  expect(actor).toMatchObject({ kind: "apiKey", scopes: ["read"] });
  if (!actor) throw new Error("unreachable");
  expect([...((await readProjectAccess(db, actor, project.slug))?.capabilities ?? [])]).toEqual([
    "project.read",
  ]);
  expect(await readProjectAccess(db, actor, other.slug)).toBeNull();
  expect(await readApiKeyActor(db, key.token, new Date(Date.now() + 86_400_001))).toBeNull();
  expect(await readApiKeyActor(db, `${key.token.slice(0, -1)}~`, new Date())).toBeNull();
  const foreign = await createApiKey(contextFor(db, other, actorFor(admin)), input);
  const mixed = foreign.token.slice(0, 15) + key.token.slice(15);
  expect(await readApiKeyActor(db, mixed, new Date())).toBeNull();
  await expect(revokeApiKey(manage, foreign.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await revokeApiKey(manage, key.id);
  await expect(revokeApiKey(manage, key.id)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await readApiKeyActor(db, key.token, new Date())).toBeNull();
  expect(await listKeys(manage)).toMatchObject([
    { state: "revoked", last_four: expect.any(String), created_by: admin.name },
  ]);
});

test("the secret of a key is nowhere in the database", async () => {
  const project = await create({ name: "Secret" });
  const key = await createApiKey(
    contextFor(db, project, actorFor(admin)),
    createKeySchema.parse({ name: "k", scopes: ["outputs:write"] }),
  );
  const secret = key.token.slice(15, 58);
  const { rows } = await (await testDatabase()).pool.query(
    "SELECT (SELECT string_agg(k::text, '') FROM api_key k) || (SELECT string_agg(a::text, '') FROM audit_event a) AS text",
  );
  expect(String(rows[0].text)).not.toContain(secret);
  expect(String(rows[0].text)).toContain(project.id);
});

test("a key can open a source for recorded history, or take one that exists", async () => {
  const project = await create({ name: "Sources" });
  const manage = contextFor(db, project, actorFor(admin));
  const recorded = createKeySchema.parse({
    name: "replay",
    scopes: ["outputs:write"],
    new_source: { name: "Last year", recorded_history: true },
  });
  const first = await createApiKey(manage, recorded);
  expect(first.source).toMatchObject({ name: "Last year", recorded_history: true });
  const again = createKeySchema.parse({ name: "second", scopes: ["read"], source_id: first.source.id });
  expect((await createApiKey(manage, again)).source.id).toBe(first.source.id);
  const foreign = await create({ name: "Elsewhere" });
  const source = await db.source.findFirstOrThrow({ where: { projectId: foreign.id } });
  await expect(createApiKey(manage, { ...again, source_id: source.id })).rejects.toMatchObject({
    code: "INVALID",
  });
});
