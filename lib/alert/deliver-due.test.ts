import { expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import type { Ctx } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import { acknowledgeIncident } from "@/lib/incident/acknowledge-incident";
import { openIncident } from "@/lib/incident/open-incident";
import { resolveIncident } from "@/lib/incident/resolve-incident";
import { testDatabase } from "@/lib/testing/database";
import { alarmOf, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { contextFor, makeProject } from "@/lib/testing/make-project";
import type { Attempted } from "./attempted";
import { webhookRequest } from "./compose-request";
import { deliverDue, type DeliveryParts } from "./deliver-due";
import { routeAlert } from "./route-alert";
import type { SendMessage } from "./send-message";
import { makeChannel, TEST_SECRET } from "./testing/make-channel";

const { db, pool } = await testDatabase();
const START = new Date("2026-03-02T10:00:00Z");

const ANSWERED = { status: 500, outcome: "answered", detail: "It answered with status 500.", gone: false };
const no = (settings: Partial<Attempted> = {}): Attempted => ({
  delivered: false,
  retryAfterSeconds: null,
  ...ANSWERED,
  ...settings,
});
const yes: Attempted = { ...no(), delivered: true, status: 200, outcome: "delivered", detail: "Accepted." };

/** A project with its incident and a clock that stands still until somebody moves it. */
async function story(channels: Parameters<typeof makeChannel>[2][] = [{}]) {
  const project = await makeProject(db);
  const ids: string[] = [];
  for (const channel of channels) ids.push(await makeChannel(db, project, channel));
  const planId = await makeMonitorPlan(db, project);
  const clock = { now: START };
  const ctx = (): Ctx => contextFor(db, project, { kind: "system", job: "test" }, clock.now);
  const open = (value = "ios") =>
    inTransaction(db, (tx) => openIncident(tx, { projectId: project.id }, alarmOf(planId, { value })));
  /** Runs the jobs that the incidents have left, and takes them away. */
  async function route(): Promise<void> {
    const { rows } = await pool.query<{ id: string; payload: { projectId: string; eventId: string } }>(
      `DELETE FROM graphile_worker._private_jobs WHERE payload->>'eventId' IS NOT NULL AND payload->>'projectId' = $1
       RETURNING id, payload`,
      [project.id],
    );
    for (const { payload } of rows.toSorted((a, b) => Number(a.id) - Number(b.id)))
      await routeAlert(ctx(), payload.eventId);
  }
  const sent: { channel: string; id: string; title: string; at: number }[] = [];
  function deliver(answer: (channel: string) => Attempted): Promise<number> {
    const send: SendMessage = async (channel, { deliveryId, message }) => {
      sent.push({ channel: channel.id, id: deliveryId, title: message.title, at: clock.now.getTime() });
      return answer(channel.id);
    };
    const parts: Partial<DeliveryParts> = { send, now: async () => clock.now, random: () => 0.5 };
    return deliverDue(db, parts);
  }
  const deliveries = () =>
    db.alertDelivery.findMany({
      where: { projectId: project.id },
      orderBy: { id: "asc" },
      include: { tries: { orderBy: { number: "asc" } } },
    });
  const move = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1_000);
  };
  return { project, ids, clock, ctx, open, route, sent, deliver, deliveries, move };
}

test("opened, taken on and resolved: three deliveries to a webhook, in order, once each however often routed", async () => {
  const { ctx, open, route, sent, deliver, deliveries } = await story();
  const { incidentId } = await open();
  await acknowledgeIncident(ctx(), incidentId, {});
  await resolveIncident(ctx(), incidentId, { reason: "fixed", note: "Rolled back." });
  await route();
  const events = await db.incidentEvent.findMany({ where: { incidentId } });
  for (const { id } of events) expect(await routeAlert(ctx(), id)).toBe(0);
  expect(await deliver(() => yes)).toBe(3);
  expect((await deliveries()).map(({ event, state, attempts }) => [event, state, attempts])).toEqual([
    ["opened", "DELIVERED", 1],
    ["acknowledged", "DELIVERED", 1],
    ["resolved", "DELIVERED", 1],
  ]);
  expect(sent.map(({ title }) => title.split(":")[0])).toEqual(["New incident", "Taken on", "Resolved"]);
});

test("the whole schedule on a virtual clock: ten attempts with the same id over three days, then given up and said elsewhere", async () => {
  const { ids, open, route, sent, deliver, deliveries, clock, move } = await story([{}, { name: "Second" }]);
  await open();
  await route();
  for (let minute = 0; minute < 8 * 24 * 60; minute += 1) {
    await deliver((channel) => (channel === ids[0] ? no() : yes));
    const waiting = await db.alertDelivery.findFirst({
      where: { channelId: ids[0] ?? "", state: "WAITING" },
    });
    if (!waiting) break;
    clock.now = waiting.dueAt;
  }
  const tries = sent.filter(({ channel }) => channel === ids[0]);
  expect(tries).toHaveLength(10);
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  const gaps = tries.slice(1).map(({ at }, index) => (at - (tries[index]?.at ?? 0)) / 1_000);
  expect(gaps.map((gap) => Math.round(gap / 1.1))).toEqual([
    5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
  await deliver(() => yes);
  const [dead, ...told] = (await deliveries()).sort((a, b) => a.kind.localeCompare(b.kind));
  expect(dead).toMatchObject({ state: "DEAD", attempts: 10, channelId: ids[0] });
  expect(dead?.tries.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(told.map(({ kind, state, channelId }) => [kind, state, channelId])).toEqual([
    ["incident", "DELIVERED", ids[1]],
    ["notice", "DELIVERED", ids[1]],
  ]);
  expect(sent.at(-1)?.title).toContain("do not arrive");
  move(400 * 86_400);
  expect(await deliver(() => yes)).toBe(0);
});

test("Retry-After is honoured; 410 switches the channel off, which is audited and said by another channel", async () => {
  const { project, ids, open, route, deliver, deliveries, move } = await story([{}, { name: "Second" }]);
  await open();
  await route();
  await deliver((channel) => (channel === ids[0] ? no({ status: 429, retryAfterSeconds: 3_600 }) : yes));
  move(3_599);
  expect(await deliver(() => yes)).toBe(0);
  move(1);
  expect(await deliver(() => no({ status: 410, gone: true }))).toBe(2);
  expect(await db.alertChannel.findFirstOrThrow({ where: { id: ids[0] ?? "" } })).toMatchObject({
    disabledReason: "gone",
  });
  expect(await db.auditEvent.count({ where: { projectId: project.id, action: "alert.gone" } })).toBe(2);
  // The second is told of it; that it too was gone makes no further notice.
  const states = (await deliveries()).map(({ kind, state }) => `${kind} ${state}`).sort();
  expect(states).toEqual(["incident DEAD", "incident DELIVERED", "notice DEAD"]);
});

test("what falls into quiet hours comes as one message when they end; PagerDuty gets each", async () => {
  const quiet = { from: 9 * 60, to: 12 * 60, weekends: false, except_critical: true };
  const { ids, ctx, open, route, sent, deliver, deliveries, clock } = await story([
    { quiet },
    { quiet, kind: "PAGERDUTY", name: "Pager" },
  ]);
  const first = await open("a");
  await open("b");
  await route();
  await resolveIncident(ctx(), first.incidentId, { reason: "fixed" });
  await route();
  expect(await deliver(() => yes)).toBe(0);
  expect((await deliveries()).every(({ state, heldFor }) => state === "HELD" && heldFor === "quiet")).toBe(
    true,
  );
  clock.now = new Date("2026-03-02T12:00:00Z");
  await deliver(() => yes);
  await deliver(() => yes);
  const titles = (channel: string | undefined) =>
    sent.filter((each) => each.channel === channel).map(({ title }) => title.split(":")[0]);
  expect(titles(ids[0])).toEqual(["While it was quiet"]);
  expect(titles(ids[1]).toSorted((a = "", b = "") => a.localeCompare(b))).toEqual([
    "New incident",
    "New incident",
    "Resolved",
  ]);
  const bundle = (await deliveries()).find(({ kind }) => kind === "bundle");
  expect(bundle?.message).toMatchObject({ parts: [{}, {}, {}] });
});

test("a process that dies before the answer leaves a line in the log, and another one sends the same id", async () => {
  const { open, route, sent, deliver, deliveries, clock, move } = await story();
  await open();
  await route();
  const dying: SendMessage = async () => {
    throw new Error("killed");
  };
  await expect(deliverDue(db, { send: dying, now: async () => clock.now, leaseSeconds: 45 })).rejects.toThrow(
    "killed",
  );
  move(44);
  expect(await deliver(() => yes)).toBe(0);
  move(2);
  expect(await deliver(() => yes)).toBe(1);
  const [delivery] = await deliveries();
  expect(delivery).toMatchObject({ state: "DELIVERED", attempts: 2, id: sent[0]?.id });
  expect(delivery?.tries.map(({ outcome }) => outcome)).toEqual(["interrupted", "delivered"]);
});

test("attempts that Assay itself cut off use up none of the schedule", async () => {
  const { open, route, deliver, deliveries, clock, move } = await story();
  await open();
  await route();
  const dying: SendMessage = async () => {
    throw new Error("killed");
  };
  for (let at = 0; at < 12; at += 1) {
    await expect(
      deliverDue(db, { send: dying, now: async () => clock.now, leaseSeconds: 45 }),
    ).rejects.toThrow("killed");
    move(46);
  }
  expect(await deliver(() => no())).toBe(1);
  const [first] = await deliveries();
  // The schedule's second attempt, five seconds after the first that somebody answered.
  expect(first).toMatchObject({ state: "WAITING", attempts: 13 });
  expect(((first?.dueAt.getTime() ?? 0) - clock.now.getTime()) / 1_000).toBeCloseTo(5.5, 1);
  move(6);
  expect(await deliver(() => yes)).toBe(1);
  expect((await deliveries())[0]).toMatchObject({ state: "DELIVERED", attempts: 14 });
});

test("a webhook is signed as Standard Webhooks says, the same id and body at every attempt", async () => {
  const { open, route, deliveries } = await story();
  await open();
  await route();
  const [delivery] = await deliveries();
  const { message, id, createdAt } = delivery ?? expect.fail("no delivery");
  const sent = {
    deliveryId: id,
    kind: "incident",
    event: "opened" as const,
    message: message as never,
    createdAt,
  };
  const now = new Date();
  const posted = webhookRequest("https://hooks.example.com", TEST_SECRET, sent, now);
  const later = webhookRequest(
    "https://hooks.example.com",
    TEST_SECRET,
    sent,
    new Date(now.getTime() + 60_000),
  );
  const verified = new Webhook(TEST_SECRET).verify(posted.body, { ...posted.headers });
  expect(verified).toMatchObject({
    type: "incident.opened",
    data: { incident: { segment: { value: "ios" } } },
  });
  expect(() => new Webhook(TEST_SECRET).verify(`${posted.body} `, { ...posted.headers })).toThrow();
  expect(later).toMatchObject({ body: posted.body, headers: { "webhook-id": id } });
});

test("control: without the unique key, news that is routed twice is delivered twice", async () => {
  const { ctx, open, route, deliveries } = await story();
  const { incidentId } = await open();
  await route();
  await pool.query("DROP INDEX alert_delivery_project_id_channel_id_key_key");
  const { withFaults } = await import("@/lib/testing/with-fault");
  const broken = withFaults(db, [
    {
      statement: "INSERT INTO alert_delivery",
      from: "ON CONFLICT (project_id, channel_id, key) DO NOTHING",
      to: "",
    },
  ]);
  const { id } = await db.incidentEvent.findFirstOrThrow({ where: { incidentId } });
  expect(await routeAlert({ ...ctx(), db: broken }, id)).toBe(1);
  expect(await deliveries()).toHaveLength(2);
});
