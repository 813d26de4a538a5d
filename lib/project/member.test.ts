import { expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson, makeProject, makeSession } from "@/lib/testing/make-project";
import { readProjectAccess, readSessionActor } from "./access";
import { addMember, changeMemberRole, removeMember } from "./change-member";
import { changePerson } from "./change-person";
import { listPeople } from "./people-queries";

const { db } = await testDatabase();

async function team() {
  const project = await makeProject(db);
  const manager = await makePerson(db, { project, role: "MANAGER" });
  const second = await makePerson(db, { project, role: "MANAGER" });
  return { project, manager, second, ctx: contextFor(db, project, actorFor(manager)) };
}
const installation = (): InstanceCtx => ({
  db,
  actor: { kind: "system", job: "test" },
  now: new Date(),
  requestId: newId(),
});

test("a role change counts at the next look", async () => {
  const { project, second, ctx } = await team();
  const access = () => readProjectAccess(db, actorFor(second), project.slug);
  expect((await access())?.capabilities.has("key.manage")).toBe(true);
  await changeMemberRole(ctx, second.id, "REVIEWER");
  expect([...((await access())?.capabilities ?? [])]).toEqual(["review.work"]);
  await removeMember(ctx, second.id);
  expect(await access()).toBeNull();
});

test("adding needs an account, once", async () => {
  const { ctx } = await team();
  const person = await makePerson(db);
  expect(await addMember(ctx, { email: person.email, role: "VIEWER" })).toMatchObject({ role: "VIEWER" });
  await expect(addMember(ctx, { email: person.email, role: "MANAGER" })).rejects.toMatchObject({
    details: { reason: "already_member" },
  });
  await expect(addMember(ctx, { email: "nobody@example.org", role: "VIEWER" })).rejects.toMatchObject({
    details: { reason: "no_account" },
  });
});

test("the last manager stays, also when two remove each other at the same moment", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { project, manager, second, ctx } = await team();
    const results = await Promise.allSettled([
      removeMember(ctx, manager.id),
      changeMemberRole(ctx, second.id, "VIEWER"),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db.membership.count({ where: { projectId: project.id, role: "MANAGER" } })).toBe(1);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "CONFLICT", details: { reason: "last_manager" } });
  }
});

test("a disabled manager does not count as one", async () => {
  const { second, manager, ctx } = await team();
  await db.user.update({ where: { id: second.id }, data: { disabledAt: new Date() } });
  await expect(removeMember(ctx, manager.id)).rejects.toMatchObject({ details: { reason: "last_manager" } });
});

test("a member of another project does not exist here", async () => {
  const [here, elsewhere] = [await team(), await team()];
  for (const id of [elsewhere.second.id, newId()]) {
    await expect(removeMember(here.ctx, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(changeMemberRole(here.ctx, id, "VIEWER")).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await db.membership.count({ where: { projectId: elsewhere.project.id } })).toBe(2);
});

test("disabling ends every sign-in; enabling does not bring them back", async () => {
  const person = await makePerson(db);
  const admin = await makePerson(db, { isAdmin: true });
  const sid = await makeSession(db, person);
  const ctx = { ...installation(), actor: actorFor(admin) };
  await changePerson(ctx, person.id, { disabled: true });
  expect(await readSessionActor(db, sid, person.id, new Date())).toBeNull();
  await changePerson(ctx, person.id, { disabled: false });
  expect(await readSessionActor(db, sid, person.id, new Date())).toBeNull();
  expect(await readSessionActor(db, await makeSession(db, person), person.id, new Date())).not.toBeNull();
  const actions = await db.auditEvent.findMany({ where: { objectId: person.id }, orderBy: { seq: "asc" } });
  expect(actions.map((event) => event.details)).toEqual([{ disabled: true }, { disabled: false }]);
});

test("the last administrator stays, also when two disable each other at the same moment", async () => {
  for (let round = 0; round < 10; round += 1) {
    await db.user.updateMany({ where: { isAdmin: true }, data: { isAdmin: false } });
    const [one, two] = [await makePerson(db, { isAdmin: true }), await makePerson(db, { isAdmin: true })];
    const results = await Promise.allSettled([
      changePerson(installation(), one.id, { disabled: true }),
      changePerson(installation(), two.id, { is_admin: false }),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db.user.count({ where: { isAdmin: true, disabledAt: null } })).toBe(1);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
      details: { reason: "last_admin" },
    });
  }
});

test("the list of people tells how they sign in and where they work, and no hash", async () => {
  const { project, manager } = await team();
  await makeSession(db, manager);
  const people = await listPeople(installation());
  const listed = people.find((person) => person.id === manager.id);
  expect(listed).toMatchObject({
    signs_in_with: "none",
    sign_ins: 1,
    projects: [{ slug: project.slug, role: "MANAGER" }],
  });
  expect(JSON.stringify(people)).not.toContain("argon2");
});
