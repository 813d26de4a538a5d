import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { makeProject } from "@/lib/testing/make-project";
import { claimDeliveries } from "./claim-deliveries";
import { settleAttempt } from "./settle-attempt";
import type { AlertNews, AlertOrders } from "./testing/alert-process";
import { badReceiver } from "./testing/bad-receiver";
import { makeChannel, makeDelivery, TEST_SECRET } from "./testing/make-channel";

const { db, pool, url } = await testDatabase();
const ENTRY = fileURLToPath(new URL("./testing/alert-process.ts", import.meta.url));
const LONG = process.env.ASSAY_SOAK === "1";
const BREACHES = LONG ? 2_000 : 120;
const KILLS = LONG ? 100 : 5;
const PROCESSES = 4;
const ANSWER_MS = 400;
/** Hours of the schedule pass in seconds. */
const SPEED = 5_000;

interface Running {
  child: ChildProcess;
  ready: Promise<unknown>;
  holders: Set<string>;
  /** It has opened an incident of which nobody knows yet; false: the others had found all. */
  committed: Promise<boolean>;
}

function start(): Running {
  const child = spawn(process.execPath, ["--import", "tsx", ENTRY, url], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, LOG_LEVEL: "silent", GRAPHILE_LOGGER_DEBUG: "" },
  });
  const holders = new Set<string>();
  const committed = new Promise<boolean>((resolve) => {
    child.on("message", (news: AlertNews) => {
      if ("holder" in news) holders.add(news.holder);
      if ("committed" in news || "found" in news) resolve("committed" in news);
    });
    child.once("exit", () => resolve(false));
  });
  return { child, ready: once(child, "message"), holders, committed };
}

/** The product frees what a dead process held after half a minute; the test does not wait for that. */
async function free(holders: ReadonlySet<string>): Promise<void> {
  await pool.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [[...holders]]);
}

test(
  `${PROCESSES} processes, ${BREACHES} breaches, ${KILLS} kills between commit and send, a receiver that fails 40 %: each incident once, told at least once`,
  async () => {
    const receiver = await badReceiver(TEST_SECRET, ANSWER_MS);
    const project = await makeProject(db);
    const planId = await makeMonitorPlan(db, project);
    const destination = `http://127.0.0.1:${receiver.port}/`;
    const channelId = await makeChannel(db, project, { destination });
    const random = seededRandom(11);
    const values = Array.from({ length: BREACHES }, (_, at) => `u${at}`);
    const clock = { from: Date.now(), speed: SPEED };
    const orders = (): AlertOrders => ({
      projectId: project.id,
      planId,
      breaches: values
        .map((value) => ({ value, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ value }) => value),
      clock,
      answerMs: ANSWER_MS,
      leaseMs: ANSWER_MS * 3,
    });
    const started = performance.now();
    const tally = { kills: 0, afterCommit: 0 };
    const left: Running[] = [];
    const dead = new Set<string>();
    const spare = Array.from({ length: PROCESSES + (LONG ? 2 : KILLS) }, start);
    const lane = async (): Promise<void> => {
      for (;;) {
        const running = spare.shift() ?? start();
        await running.ready;
        running.child.send(orders());
        if (tally.kills >= KILLS) {
          left.push(running);
          return;
        }
        tally.kills += 1;
        if (await running.committed) tally.afterCommit += 1;
        running.child.kill("SIGKILL");
        if (running.child.exitCode === null && running.child.signalCode === null)
          await once(running.child, "exit");
        for (const holder of running.holders) dead.add(holder);
      }
    };
    await Promise.all(Array.from({ length: PROCESSES }, lane));
    for (const unused of spare) unused.child.kill("SIGKILL");
    await untilTold(project.id, dead);
    for (const { child } of left) child.kill("SIGKILL");
    const seconds = (performance.now() - started) / 1_000;
    receiver.close();

    const incidents = await db.incident.findMany({ where: { projectId: project.id }, select: { id: true } });
    const deliveries = await db.alertDelivery.findMany({ where: { channelId }, include: { tries: true } });
    const received = [...receiver.byIncident.values()];
    const requests = received.reduce((sum, each) => sum + each.requests, 0);
    report(
      `alerts: ${incidents.length} incidents, ${tally.kills} kills (${tally.afterCommit} right after a commit), ${requests} requests ` +
        `(${Object.entries(receiver.tally)
          .map(([what, count]) => `${what} ${count}`)
          .join(", ")}), ` +
        `${deliveries.flatMap(({ tries }) => tries).filter(({ outcome }) => outcome === "interrupted").length} attempts cut off, ${seconds.toFixed(1)} s`,
    );
    expect(incidents).toHaveLength(BREACHES);
    expect(tally.kills).toBe(KILLS);
    // Kills after the last breach would prove little.
    expect(tally.afterCommit).toBeGreaterThan(KILLS / 2);
    expect(deliveries).toHaveLength(BREACHES);
    expect(deliveries.every(({ state }) => state === "DELIVERED")).toBe(true);
    expect(received).toHaveLength(BREACHES);
    expect(received.every(({ accepted, ids }) => accepted >= 1 && ids.size === 1)).toBe(true);
    expect(new Set(received.flatMap(({ ids }) => [...ids]))).toEqual(new Set(deliveries.map(({ id }) => id)));
  },
  LONG ? 3_600_000 : 900_000,
);

async function untilTold(projectId: string, dead: ReadonlySet<string>): Promise<void> {
  const deadline = performance.now() + (LONG ? 3_000_000 : 120_000);
  while (performance.now() < deadline) {
    const [incidents, delivered] = [
      await db.incident.count({ where: { projectId } }),
      await db.alertDelivery.count({ where: { projectId, state: "DELIVERED" } }),
    ];
    if (incidents === BREACHES && delivered === BREACHES) return;
    // Again and again, as the product does: what a dead process had asked for may be granted after its end.
    await free(dead);
    await pause(100);
  }
}

test("control: who writes down that it was delivered before it is sent loses what a kill interrupts", async () => {
  const project = await makeProject(db);
  const channelId = await makeChannel(db, project);
  for (let at = 0; at < 20; at += 1)
    await makeDelivery(db, project, `news ${at}`, {
      channelId,
      state: "WAITING",
      settledAt: null,
      dueAt: new Date(0),
    });
  const random = seededRandom(3);
  const arrived = new Set<string>();
  const now = new Date();
  for (;;) {
    const [claimed] = await claimDeliveries(db, { now, most: 1, leaseSeconds: 45 });
    if (!claimed) break;
    const attempted = {
      delivered: true,
      status: 200,
      outcome: "delivered",
      detail: "",
      gone: false,
      retryAfterSeconds: null,
    };
    await settleAttempt(db, claimed, { attempted, startedAt: now, now, random: 0 });
    // Killed here, every second time.
    if (random() < 0.5) arrived.add(claimed.id);
  }
  const delivered = await db.alertDelivery.count({ where: { channelId, state: "DELIVERED" } });
  report(`control: ${delivered} written down as delivered, ${arrived.size} arrived`);
  expect(delivered).toBe(20);
  expect(arrived.size).toBeLessThan(20);
});
