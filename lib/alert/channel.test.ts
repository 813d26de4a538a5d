import { afterEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { eraseProject } from "@/lib/project/erase-project";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { changeChannel } from "./change-channel";
import { openChannelSecret } from "./channel-secret";
import { createChannel } from "./create-channel";
import { listChannels, listDeliveries } from "./queries";
import { removeChannel, restoreChannel } from "./remove-channel";
import { replayDelivery } from "./replay-delivery";
import { createChannelSchema, type CreateChannelInput, messageSchema } from "./schema";
import { testChannel } from "./test-channel";
import { makeChannel, makeDelivery } from "./testing/make-channel";

const { db } = await testDatabase();
const holder = globalThis as { assayEnv?: unknown };
afterEach(() => {
  delete process.env.ASSAY_OUTBOUND_ALLOW;
  delete holder.assayEnv;
});

async function managed(): Promise<{ ctx: Ctx; projectId: string }> {
  const project = await makeProject(db);
  const person = await makePerson(db, { project, role: "MANAGER" });
  return { ctx: contextFor(db, project, actorFor(person)), projectId: project.id };
}

function input(settings: Record<string, unknown> = {}): CreateChannelInput {
  return createChannelSchema.parse({
    kind: "webhook",
    name: "Operations",
    destination: "https://hooks.example.com/assay",
    routes: [{ severity: "any", attribute: "", value: "", timing: "at_once" }],
    quiet: null,
    digest_minute: 480,
    weekly: false,
    ...settings,
  });
}

const row = (ctx: Ctx, id: string) =>
  db.alertChannel.findUniqueOrThrow({ where: { projectId_id: { projectId: ctx.project.id, id } } });

test("a secret is sealed to its row and address, and another address wipes it, which is audited", async () => {
  const { ctx, projectId } = await managed();
  const made = await createChannel(ctx, input());
  expect(made.secret).toMatch(/^whsec_/);
  const before = await row(ctx, made.id);
  const sealed = before.sealedSecret ?? "";
  expect(openChannelSecret(before, sealed)).toBe(made.secret);
  expect(() => openChannelSecret({ ...before, destination: "https://evil.example.com/" }, sealed)).toThrow();
  expect(() => openChannelSecret({ ...before, id: projectId }, sealed)).toThrow();

  expect(await changeChannel(ctx, made.id, { name: "Ops by day" })).toMatchObject({ secret_wiped: false });
  expect((await row(ctx, made.id)).sealedSecret).toBe(sealed);
  const moved = await changeChannel(ctx, made.id, { destination: "https://evil.example.com/" });
  expect(moved).toEqual({ id: made.id, secret: null, secret_wiped: true });
  expect((await row(ctx, made.id)).sealedSecret).toBe(null);
  const events = await db.auditEvent.findMany({ where: { projectId }, orderBy: { seq: "asc" } });
  expect(events.map(({ action }) => action)).toEqual([
    "alert-channel.create",
    "alert-channel.change",
    "alert-channel.move",
  ]);
  expect(
    JSON.stringify(events, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain(made.secret);

  const renewed = await changeChannel(ctx, made.id, { new_secret: true });
  expect(renewed.secret).toMatch(/^whsec_/);
  const after = await row(ctx, made.id);
  expect(openChannelSecret(after, after.sealedSecret ?? "")).toBe(renewed.secret);
  expect(JSON.stringify(await listChannels(ctx))).not.toContain(renewed.secret);
});

test("that a channel sends elsewhere is said by the others, with who did it, and by no path of the address", async () => {
  const { ctx, projectId } = await managed();
  const { id } = await createChannel(ctx, input());
  const other = await createChannel(ctx, input({ name: "Second" }));
  await changeChannel(ctx, id, { name: "Ops" });
  expect(await db.alertDelivery.count({ where: { projectId } })).toBe(0);
  await changeChannel(ctx, id, { destination: "https://evil.example.com/CANARY" });
  const told = await db.alertDelivery.findMany({ where: { projectId } });
  expect(told).toMatchObject([{ channelId: other.id, kind: "notice", state: "WAITING" }]);
  const { title, lines } = messageSchema.parse(told[0]?.message);
  expect(title).toBe("“Ops” now sends alerts elsewhere");
  const who = ctx.actor.kind === "user" ? ctx.actor.name : "";
  expect(lines[0]).toBe(
    `${who} changed where it sends to: https://evil.example.com instead of https://hooks.example.com.`,
  );
  expect(lines[1]).toContain("secret was wiped");
  expect(JSON.stringify(told[0]?.message)).not.toContain("CANARY");
  // The same address again moves nothing.
  await changeChannel(ctx, id, { destination: "https://evil.example.com/CANARY" });
  expect(await db.alertDelivery.count({ where: { projectId } })).toBe(1);
});

test("Slack's address and PagerDuty's key are secrets themselves", async () => {
  const { ctx } = await managed();
  const address = "https://hooks.slack.com/services/T0/B0/CANARY";
  const slack = await createChannel(ctx, input({ kind: "slack", destination: address }));
  const pager = await createChannel(
    ctx,
    input({ kind: "pagerduty", destination: "eu", secret: "c".repeat(32) }),
  );
  expect([slack.secret, pager.secret]).toEqual([null, null]);
  const channels = await listChannels(ctx);
  expect(channels.map(({ destination }) => destination)).toEqual([
    "hooks.slack.com",
    "https://events.eu.pagerduty.com/v2/enqueue",
  ]);
  expect(JSON.stringify(channels)).not.toMatch(/CANARY|cccc/);
  const stored = await row(ctx, slack.id);
  expect(openChannelSecret(stored, stored.sealedSecret ?? "")).toBe(address);
  expect(await changeChannel(ctx, pager.id, { destination: "us" })).toMatchObject({ secret_wiped: true });
});

test("what cannot be sent to is refused when it is saved, at its field", async () => {
  const { ctx } = await managed();
  const refused = (settings: Record<string, unknown>, field: string) =>
    expect(createChannel(ctx, input(settings)), JSON.stringify(settings)).rejects.toMatchObject({
      code: "INVALID",
      details: { fields: { [field]: expect.any(String) } },
    });
  for (const destination of [
    "http://hooks.example.com/",
    "https://10.0.0.1/",
    "https://localhost/",
    "https://hooks.example.com:22/",
    "nonsense",
  ])
    await refused({ destination }, "destination");
  await refused({ kind: "slack", destination: "https://[::1]/services" }, "destination");
  await refused({ kind: "pagerduty", destination: "https://hooks.example.com/" }, "destination");
  await refused({ kind: "pagerduty", destination: "us" }, "secret");
  await refused({ kind: "pagerduty", destination: "us", secret: "short" }, "secret");
  await refused({ secret: "whsec_short" }, "secret");
  // No mail server is named in this test.
  await refused({ kind: "email", destination: "a@example.org" }, "destination");
  await refused({ kind: "email", destination: "a@example.org\r\nBcc: b@example.org" }, "destination");
  expect(createChannelSchema.safeParse({ ...input(), routes: [] }).success).toBe(false);
  process.env.ASSAY_OUTBOUND_ALLOW = "10.0.0.0/8";
  delete holder.assayEnv;
  expect(await createChannel(ctx, input({ destination: "http://10.0.0.1:9000/" }))).toMatchObject({
    secret: expect.any(String),
  });
});

test("a test says at once how it went, is not tried again, and can be had ten times an hour", async () => {
  const { ctx, projectId } = await managed();
  const id = await makeChannel(db, { id: projectId }, { destination: "https://localhost/" });
  expect(await testChannel(ctx, id)).toMatchObject({
    delivered: false,
    sentence: expect.stringContaining("private network"),
  });
  const { deliveries } = await listDeliveries(ctx, { state: "dead", page: 1 });
  expect(deliveries).toMatchObject([{ kind: "test", attempts: [{ number: 1, outcome: "blocked" }] }]);
  expect(await db.auditEvent.count({ where: { projectId, action: "alert.blocked" } })).toBe(1);
  for (let made = 1; made < 10; made += 1) await testChannel(ctx, id);
  await expect(testChannel(ctx, id)).rejects.toMatchObject({ code: "LIMIT" });
});

test("a person sends what was given up again: the same id, and the schedule from its beginning", async () => {
  const { ctx } = await managed();
  const project = await db.project.findUniqueOrThrow({ where: { id: ctx.project.id } });
  const channelId = await makeChannel(db, project, { destination: "https://localhost/" });
  const id = await makeDelivery(db, project, "news", { channelId, attempts: 10 });
  expect(await replayDelivery(ctx, id)).toMatchObject({ delivered: false });
  const found = await db.alertDelivery.findFirstOrThrow({ where: { id } });
  expect(found).toMatchObject({ state: "WAITING", attempts: 11, attemptsBefore: 10 });
  await changeChannel(ctx, channelId, { disabled: true });
  await expect(replayDelivery(ctx, id)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("removing is taken back; twice is not found; a mute has an end", async () => {
  const { ctx } = await managed();
  const { id } = await createChannel(ctx, input());
  await removeChannel(ctx, id);
  expect(await listChannels(ctx)).toEqual([]);
  await expect(removeChannel(ctx, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(changeChannel(ctx, id, { name: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await restoreChannel(ctx, id);
  const later = (days: number) => new Date(ctx.now.getTime() + days * 86_400_000).toISOString();
  for (const days of [-1, 91])
    await expect(changeChannel(ctx, id, { muted_until: later(days) })).rejects.toMatchObject({
      code: "INVALID",
    });
  await changeChannel(ctx, id, { muted_until: later(1) });
  expect((await listChannels(ctx))[0]?.muted_until).toBe(later(1));
});

test("a project is erased with its channels, deliveries and attempts, which nothing else can take away", async () => {
  const { ctx, projectId } = await managed();
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const id = await makeChannel(db, project, { destination: "https://localhost/" });
  await testChannel(ctx, id);
  await expect(db.alertAttempt.deleteMany({ where: { projectId } })).rejects.toThrow("append-only");
  await eraseProject(ctx, project.slug, project.name);
  expect(await db.alertAttempt.count({ where: { projectId } })).toBe(0);
  expect(await db.alertChannel.count({ where: { projectId } })).toBe(0);
});
