import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { inTransaction } from "@/lib/db/transaction";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { alarmOf, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { acknowledgeIncident } from "./acknowledge-incident";
import { muteIncident } from "./mute-incident";
import { noteIncident } from "./note-incident";
import { openIncident } from "./open-incident";
import { reopenIncident } from "./reopen-incident";
import { resolveIncident } from "./resolve-incident";
import { type Command, historyArbitrary, IncidentModel } from "./testing/incident-model";
import { unmuteIncident } from "./unmute-incident";

const { db } = await testDatabase();
const START = Date.parse("2026-03-20T09:00:00Z");
const DAY_MS = 86_400_000;
/** Half of the connections of the test: who waits for one longer than a transaction may would fail for that alone. */
const AT_ONCE = 4;

const verbs = {
  acknowledge: acknowledgeIncident,
  unmute: unmuteIncident,
  reopen: reopenIncident,
  resolve: (ctx: Ctx, id: string, input: object) =>
    resolveIncident(ctx, id, { ...input, reason: "fixed" as const }),
  note: (ctx: Ctx, id: string) => noteIncident(ctx, id, { note: "A note." }),
};
type Verbs = typeof verbs;

const day = (at: number) => new Date(START + at * DAY_MS);

async function monitored() {
  const project = await makeProject(db);
  const planId = await makeMonitorPlan(db, project);
  const manager = await makePerson(db, { project, role: "MANAGER" });
  return { project, planId, manager };
}
type Monitored = Awaited<ReturnType<typeof monitored>>;

/** Runs one history on a project of its own and compares every answer, then every incident and timeline, with the model. */
async function compareWithModel(at: Monitored, history: readonly Command[], use: Verbs): Promise<number> {
  const { project, planId, manager } = at;
  const model = new IncidentModel();
  const ids: string[] = [];
  for (const command of history) {
    const expected = model.run(command);
    const ctx = contextFor(db, project, actorFor(manager), day(model.now));
    const id = "target" in command ? (ids[command.target] ?? newId()) : "";
    const got = await answer(async () => {
      if (command.verb === "wait") return;
      if (command.verb === "mute") {
        await muteIncident(ctx, id, { until: day(model.now + command.days).toISOString() });
      } else if (command.verb === "alarm") {
        await inTransaction(db, async (tx) => {
          const where = { projectId_planId: { projectId: project.id, planId } };
          await tx.monitorRun.update({ where, data: { fedSequence: model.fed } });
          const alarm = alarmOf(planId, { sequence: model.fed });
          const { incidentId, opened } = await openIncident(tx, { projectId: project.id }, alarm);
          if (opened) ids.push(incidentId);
        });
      } else await use[command.verb](ctx, id, {});
    });
    expect([command, got]).toEqual([command, expected]);
  }
  expect(await stored(project.id, ids)).toEqual(
    model.incidents.map(({ mutedUntil, ...rest }) => ({
      ...rest,
      mutedUntil: mutedUntil === null ? null : day(mutedUntil),
    })),
  );
  return history.length;
}

async function answer(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function stored(projectId: string, ids: readonly string[]) {
  const rows = await db.incident.findMany({
    where: { projectId },
    include: { events: { orderBy: [{ at: "asc" }, { id: "asc" }] } },
  });
  expect(rows.map((row) => row.id).sort()).toEqual([...ids].sort());
  return ids.map((id) => {
    const row = rows.find((each) => each.id === id);
    return {
      state: row?.state,
      alarms: row?.alarms,
      lastSequence: row?.lastSequence,
      resolvedSequence: row?.resolvedSequence,
      mutedUntil: row?.mutedUntil,
      events: row?.events.map((event) => event.kind),
    };
  });
}

function histories(runs: number, use: Verbs, seed: number) {
  let commands = 0;
  const property = fc.asyncProperty(
    fc.array(historyArbitrary, { minLength: AT_ONCE, maxLength: AT_ONCE }),
    async (together) => {
      const counts = await Promise.all(
        together.map(async (history) => compareWithModel(await monitored(), history, use)),
      );
      commands += counts.reduce((sum, each) => sum + each, 0);
    },
  );
  return fc
    .check(property, { numRuns: runs, seed, endOnFailure: true })
    .then((result) => ({ result, commands }));
}

test("5,000 histories go as the rules say", { timeout: 900_000 }, async () => {
  const { result, commands } = await histories(5_000 / AT_ONCE, verbs, 20260320);
  expect(result.failed, `${String(result.errorInstance)}\n${fc.defaultReportMessage(result) ?? ""}`).toBe(
    false,
  );
  expect(result.numRuns * AT_ONCE).toBe(5_000);
  report(`incidents: 5,000 histories with ${commands} steps as the model says`);
});

test.each<[string, Partial<Verbs>]>([
  [
    "acknowledges what is resolved",
    {
      acknowledge: async (ctx, id) => {
        const where = { projectId_id: { projectId: ctx.project.id, id } };
        await db.incident.update({ where, data: { state: "ACKNOWLEDGED", resolvedAt: null } });
        return { id, state: "acknowledged", muted_until: null, resolved_at: null };
      },
    },
  ],
  [
    "forgets the event",
    {
      unmute: async (ctx, id) => {
        const where = { projectId: ctx.project.id, id, mutedUntil: { gt: ctx.now }, resolvedAt: null };
        const { count } = await db.incident.updateMany({ where, data: { mutedUntil: null } });
        if (count === 0) throw new AppError("CONFLICT", "Not muted.");
        return { id, state: "open", muted_until: null, resolved_at: null };
      },
    },
  ],
  ["reopens by acknowledging", { reopen: acknowledgeIncident }],
])("a fault is seen: it %s", { timeout: 120_000 }, async (_name, fault) => {
  const { result } = await histories(40, { ...verbs, ...fault }, 7);
  expect(result.failed).toBe(true);
});
