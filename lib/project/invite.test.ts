import { expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson, makeProject, makeSession } from "@/lib/testing/make-project";
import { acceptInvite, joinWithInvite, resetPassword } from "./accept-invite";
import { createAdminInvite, createProjectInvite, createResetLink, revokeInvite } from "./create-invite";
import { hashPassword, passwordMatches } from "./password";
import { listInvites } from "./people-queries";
import { signInWithProvider } from "./sign-in-with-provider";
import { viewInvite } from "./take-invite";

const { db } = await testDatabase();
const project = await makeProject(db);
const manager = await makePerson(db, { project, role: "MANAGER" });
const password = "correct horse battery";
const visitor = { ip: null, userAgent: null };
let number = 0;

function visit(now = new Date()): InstanceCtx {
  return { db, actor: { kind: "system", job: "visitor" }, now, requestId: newId() };
}
const manage = () => contextFor(db, project, actorFor(manager));
const tokenOf = (invite: { path: string }) => invite.path.split("#")[1] ?? "";
const newcomer = (token: string) => {
  number += 1;
  return { token, name: "Grace", email: `newcomer-${number}@example.org`, password };
};

test("a link brings one new person into the project, with its role", async () => {
  const invite = await createProjectInvite(manage(), { role: "REVIEWER" });
  expect(invite.path).toMatch(/^\/invite#[\w-]{43}$/);
  expect(await viewInvite(db, tokenOf(invite), new Date())).toMatchObject({
    purpose: "project",
    project_name: project.name,
  });
  const person = newcomer(tokenOf(invite));
  await acceptInvite(visit(), person);
  const user = await db.user.findUniqueOrThrow({
    where: { email: person.email },
    include: { memberships: true },
  });
  expect(user).toMatchObject({ isAdmin: false, memberships: [{ projectId: project.id, role: "REVIEWER" }] });
  await expect(acceptInvite(visit(), newcomer(tokenOf(invite)))).rejects.toMatchObject({ code: "GONE" });
  const events = await db.auditEvent.findMany({ where: { action: "invite.accept", objectId: invite.id } });
  expect(events).toMatchObject([{ actorId: user.id }]);
});

test("only the hash of the token is stored", async () => {
  const token = tokenOf(await createProjectInvite(manage(), { role: "VIEWER" }));
  const { rows } = await (await testDatabase()).pool.query(
    "SELECT i::text || encode(i.token_hash, 'escape') AS text FROM invite i",
  );
  expect(rows.some((row) => String(row.text).includes(token))).toBe(false);
  const audit = await db.auditEvent.findMany();
  expect(
    JSON.stringify(audit, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain(token);
});

test("ten people with one link: one gets in, and nobody else leaves an account behind", async () => {
  const token = tokenOf(await createProjectInvite(manage(), { role: "VIEWER" }));
  const before = await db.user.count();
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => acceptInvite(visit(), newcomer(token))),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(await db.user.count()).toBe(before + 1);
});

test("expired, revoked, unknown and another address do not open", async () => {
  const expired = tokenOf(await createProjectInvite(manage(), { role: "VIEWER" }));
  const later = new Date(Date.now() + 48 * 3_600_000 + 1);
  await expect(acceptInvite(visit(later), newcomer(expired))).rejects.toMatchObject({ code: "GONE" });
  const revoked = await createProjectInvite(manage(), { role: "VIEWER" });
  await revokeInvite(manage(), revoked.id);
  await expect(revokeInvite(manage(), revoked.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(acceptInvite(visit(), newcomer(tokenOf(revoked)))).rejects.toMatchObject({ code: "GONE" });
  await expect(acceptInvite(visit(), newcomer("A".repeat(43)))).rejects.toMatchObject({ code: "GONE" });
  const addressed = tokenOf(
    await createProjectInvite(manage(), { role: "VIEWER", email: "grace@example.org" }),
  );
  await expect(acceptInvite(visit(), newcomer(addressed))).rejects.toMatchObject({ code: "CONFLICT" });
  await acceptInvite(visit(), { ...newcomer(addressed), email: "grace@example.org" });
});

test("a manager cannot take back another project's link, nor the installation's", async () => {
  const other = await makeProject(db);
  const foreign = await createProjectInvite(contextFor(db, other), { role: "VIEWER" });
  const admin = await createAdminInvite(visit(), {});
  for (const id of [foreign.id, admin.id, newId()]) {
    await expect(revokeInvite(manage(), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect((await listInvites(manage())).map((invite) => invite.id)).not.toContain(foreign.id);
});

test("somebody with an account joins with it, once", async () => {
  const person = await makePerson(db);
  const ctx = { ...visit(), actor: actorFor(person) };
  const first = tokenOf(await createProjectInvite(manage(), { role: "REVIEWER" }));
  expect(await joinWithInvite(ctx, first)).toEqual({ project: project.slug });
  const second = tokenOf(await createProjectInvite(manage(), { role: "MANAGER" }));
  await expect(joinWithInvite(ctx, second)).rejects.toMatchObject({ details: { reason: "already_member" } });
  // The refused link was not used up.
  expect(await viewInvite(db, second, new Date())).toMatchObject({ role: "MANAGER" });
  const taken = { ...newcomer(second), email: person.email };
  await expect(acceptInvite(visit(), taken)).rejects.toMatchObject({ details: { reason: "account_exists" } });
});

test("an administrator's link makes an administrator", async () => {
  const person = newcomer(tokenOf(await createAdminInvite(visit(), {})));
  await acceptInvite(visit(), person);
  expect(await db.user.findUniqueOrThrow({ where: { email: person.email } })).toMatchObject({
    isAdmin: true,
  });
});

test("a reset link changes the password once and ends every sign-in; it opens nothing else", async () => {
  const person = await makePerson(db, { passwordHash: await hashPassword(password) });
  const sid = await makeSession(db, person);
  const token = tokenOf(await createResetLink(visit(), person.id));
  expect(await viewInvite(db, token, new Date())).toMatchObject({ purpose: "password", email: person.email });
  await expect(acceptInvite(visit(), newcomer(token))).rejects.toMatchObject({ code: "GONE" });
  await expect(joinWithInvite({ ...visit(), actor: actorFor(manager) }, token)).rejects.toMatchObject({
    code: "GONE",
  });
  const project_link = tokenOf(await createProjectInvite(manage(), { role: "VIEWER" }));
  await expect(resetPassword(visit(), { token: project_link, password })).rejects.toMatchObject({
    code: "GONE",
  });
  await resetPassword(visit(), { token, password: "a better passphrase" });
  const after = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  expect(await passwordMatches("a better passphrase", after.passwordHash)).toBe(true);
  expect((await db.session.findUniqueOrThrow({ where: { id: sid } })).endedAt).not.toBeNull();
  await expect(resetPassword(visit(), { token, password })).rejects.toMatchObject({ code: "GONE" });
});

test("a new reset link ends the earlier one, and lives half an hour", async () => {
  const person = await makePerson(db, { passwordHash: await hashPassword(password) });
  const first = tokenOf(await createResetLink(visit(), person.id));
  const second = tokenOf(await createResetLink(visit(), person.id));
  await expect(viewInvite(db, first, new Date())).rejects.toMatchObject({ code: "GONE" });
  await expect(
    resetPassword(visit(), { token: first, password: "a better passphrase" }),
  ).rejects.toMatchObject({
    code: "GONE",
  });
  expect(await viewInvite(db, second, new Date())).toMatchObject({ purpose: "password" });
  const later = new Date(Date.now() + 31 * 60_000);
  await expect(viewInvite(db, second, later)).rejects.toMatchObject({ code: "GONE" });
});

const claims = (email: string, subject: string) => ({
  issuer: "https://id.example.org",
  subject,
  email,
  emailVerified: true as unknown,
  name: "Grace",
});

test("the identity provider lets in who was invited by verified address, and afterwards by subject alone", async () => {
  await expect(signInWithProvider(visit(), claims("new@example.org", "s1"), visitor)).rejects.toMatchObject({
    details: { reason: "not_invited" },
  });
  await createProjectInvite(manage(), { role: "REVIEWER", email: "new@example.org" });
  await createProjectInvite(manage(), { role: "VIEWER", email: "new@example.org" });
  for (const emailVerified of [false, undefined, "true"]) {
    await expect(
      signInWithProvider(visit(), { ...claims("new@example.org", "s1"), emailVerified }, visitor),
    ).rejects.toMatchObject({ details: { reason: "provider_email_unverified" } });
  }
  const first = await signInWithProvider(visit(), claims("New@Example.org", "s1"), visitor);
  const again = await signInWithProvider(visit(), claims("changed@example.org", "s1"), visitor);
  expect(again.uid).toBe(first.uid);
  expect(await db.membership.count({ where: { userId: first.uid } })).toBe(1);
  await expect(signInWithProvider(visit(), claims("new@example.org", "s2"), visitor)).rejects.toMatchObject({
    details: { reason: "account_exists" },
  });
});

test("an account with a password is never taken over by an address that the provider claims", async () => {
  const person = await makePerson(db, { passwordHash: "x" });
  await createProjectInvite(manage(), { role: "MANAGER", email: person.email });
  await expect(signInWithProvider(visit(), claims(person.email, "s3"), visitor)).rejects.toMatchObject({
    details: { reason: "account_exists" },
  });
  expect((await db.user.findUniqueOrThrow({ where: { id: person.id } })).oidcSubject).toBeNull();
});

test("a disabled person cannot come in through the provider either", async () => {
  const person = await makePerson(db, {
    oidcIssuer: "https://id.example.org",
    oidcSubject: "s4",
    disabledAt: new Date(),
  });
  await expect(signInWithProvider(visit(), claims(person.email, "s4"), visitor)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});
