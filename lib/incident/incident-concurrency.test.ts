import { expect, test } from "vitest";
import { inTransaction } from "@/lib/db/transaction";
import { testDatabase } from "@/lib/testing/database";
import { alarmOf, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { acknowledgeIncident } from "./acknowledge-incident";
import { openIncident } from "./open-incident";
import { reopenIncident } from "./reopen-incident";
import { resolveIncident } from "./resolve-incident";

const { db } = await testDatabase();

async function opened() {
  const project = await makeProject(db);
  const planId = await makeMonitorPlan(db, project, { fedSequence: 12 });
  const people = [
    await makePerson(db, { project, role: "MANAGER" }),
    await makePerson(db, { project, role: "MANAGER" }),
  ];
  const alarm = (sequence: number) =>
    inTransaction(db, (tx) => openIncident(tx, { projectId: project.id }, alarmOf(planId, { sequence })));
  const { incidentId } = await alarm(12);
  const contexts = people.map((person) => contextFor(db, project, actorFor(person)));
  const events = (kind: string) =>
    db.incidentEvent.findMany({ where: { projectId: project.id, kind }, orderBy: { id: "asc" } });
  return { project, planId, incidentId, contexts, alarm, events, people };
}

function outcomes(results: readonly PromiseSettledResult<unknown>[]): string[] {
  return results
    .map((each) => (each.status === "fulfilled" ? "done" : String((each.reason as { code?: string }).code)))
    .sort();
}

test("two people acknowledge at once: one event, one audit line, the other is told", async () => {
  for (let round = 0; round < 25; round += 1) {
    const { project, incidentId, contexts, events } = await opened();
    const results = await Promise.allSettled(contexts.map((ctx) => acknowledgeIncident(ctx, incidentId, {})));
    expect(outcomes(results)).toEqual(["CONFLICT", "done"]);
    expect(await events("acknowledged")).toHaveLength(1);
    const audit = await db.auditEvent.findMany({ where: { projectId: project.id } });
    expect(audit.map((row) => row.action)).toEqual(["incident.acknowledge"]);
  }
});

test("one acknowledges while another resolves: whatever comes first, the timeline is legal", async () => {
  for (let round = 0; round < 25; round += 1) {
    const { project, incidentId, contexts } = await opened();
    const [one, two] = contexts;
    if (!one || !two) throw new Error("unreachable");
    const results = await Promise.allSettled([
      acknowledgeIncident(one, incidentId, {}),
      resolveIncident(two, incidentId, { reason: "fixed" }),
    ]);
    const kinds = (
      await db.incidentEvent.findMany({
        where: { projectId: project.id },
        orderBy: [{ at: "asc" }, { id: "asc" }],
      })
    ).map((event) => event.kind);
    if (results[0]?.status === "fulfilled") expect(kinds).toEqual(["opened", "acknowledged", "resolved"]);
    else expect(kinds).toEqual(["opened", "resolved"]);
    const row = await db.incident.findFirstOrThrow({ where: { projectId: project.id } });
    expect([row.state, row.resolvedSequence]).toEqual(["RESOLVED", 12]);
  }
});

test("a resolution waits for the evaluation that is feeding a cohort, so that its alarm belongs to the incident", async () => {
  const { project, planId, incidentId, contexts } = await opened();
  const [ctx] = contexts;
  if (!ctx) throw new Error("unreachable");
  let resolving: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (tx) => {
    const where = { projectId_planId: { projectId: project.id, planId } };
    await tx.monitorRun.update({ where, data: { fedSequence: 13 } });
    let ended = false;
    resolving = resolveIncident(ctx, incidentId, { reason: "fixed" }).finally(() => {
      ended = true;
    });
    await waitForLock();
    expect(ended).toBe(false);
    await openIncident(tx, { projectId: project.id }, alarmOf(planId, { sequence: 13 }));
  });
  await resolving;
  expect(await db.incident.findMany({ where: { projectId: project.id } })).toMatchObject([
    { id: incidentId, state: "RESOLVED", alarms: 2, lastSequence: 13, resolvedSequence: 13 },
  ]);
});

/** Until some statement of this database waits for another transaction. */
async function waitForLock(): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0) > 0) return;
  }
}

test("reopening against a new alarm: never two open ones", async () => {
  for (let round = 0; round < 25; round += 1) {
    const { project, incidentId, contexts, alarm } = await opened();
    const [ctx] = contexts;
    if (!ctx) throw new Error("unreachable");
    await resolveIncident(ctx, incidentId, { reason: "other", note: "Trying." });
    const results = await Promise.allSettled([reopenIncident(ctx, incidentId, {}), alarm(13)]);
    expect(results[1]?.status).toBe("fulfilled");
    const open = await db.incident.findMany({ where: { projectId: project.id, state: { not: "RESOLVED" } } });
    expect(open).toHaveLength(1);
    expect(open[0]?.lastSequence).toBe(13);
    if (results[0]?.status === "rejected") expect(results[0].reason).toMatchObject({ code: "CONFLICT" });
  }
});

test("who did it, when and what they wrote stays on the timeline and cannot be changed", async () => {
  const { project, incidentId, contexts, events, people } = await opened();
  const [ctx] = contexts;
  if (!ctx) throw new Error("unreachable");
  await acknowledgeIncident(ctx, incidentId, { note: "Looking at the new model." });
  const [event] = await events("acknowledged");
  expect(event).toMatchObject({ userId: people[0]?.id, note: "Looking at the new model.", incidentId });
  const where = { projectId_id: { projectId: project.id, id: event?.id ?? "" } };
  await expect(db.incidentEvent.update({ where, data: { note: "x" } })).rejects.toThrow(/append-only/);
  await expect(db.incidentEvent.delete({ where })).rejects.toThrow(/append-only/);
});

test("an incident of another project does not exist here", async () => {
  const [mine, foreign] = [await opened(), await opened()];
  const [ctx] = mine.contexts;
  if (!ctx) throw new Error("unreachable");
  await expect(acknowledgeIncident(ctx, foreign.incidentId, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  const untouched = await db.incident.findFirstOrThrow({ where: { projectId: foreign.project.id } });
  expect(untouched.state).toBe("OPEN");
});
