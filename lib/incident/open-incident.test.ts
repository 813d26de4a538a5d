import { expect, test } from "vitest";
import { inTransaction } from "@/lib/db/transaction";
import { testDatabase } from "@/lib/testing/database";
import { alarmOf, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { makeProject } from "@/lib/testing/make-project";
import { noteCorrection } from "./note-correction";
import { type Alarm, openIncident } from "./open-incident";

const { db } = await testDatabase();

async function monitored() {
  const project = await makeProject(db);
  const planId = await makeMonitorPlan(db, project);
  const open = (settings: Partial<Alarm> = {}) =>
    inTransaction(db, (tx) => openIncident(tx, { projectId: project.id }, alarmOf(planId, settings)));
  const incidents = () => db.incident.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
  const kinds = async () =>
    (await db.incidentEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } })).map(
      (event) => event.kind,
    );
  const resolve = (id: string, resolvedSequence: number) =>
    db.incident.update({
      where: { projectId_id: { projectId: project.id, id } },
      data: { state: "RESOLVED", resolvedAt: new Date(), resolvedSequence },
    });
  return { project, planId, open, incidents, kinds, resolve };
}

test("an alarm opens an incident with what the detector knew", async () => {
  const { open, incidents, kinds } = await monitored();
  const { incidentId, opened } = await open();
  expect(opened).toBe(true);
  expect(await incidents()).toMatchObject([
    {
      id: incidentId,
      state: "OPEN",
      attribute: "device",
      value: "ios",
      alarms: 1,
      alarmSequence: 12,
      lastSequence: 12,
      changeSequence: 9,
      alarmDay: new Date("2026-03-20"),
      changeDay: new Date("2026-03-12"),
      facts: { boundary: 0.9, reviews: 61, observations: 240, log_evidence: 10.4 },
    },
  ]);
  expect(await kinds()).toEqual(["opened"]);
});

test("the next alarm of the segment is added to it, another segment has its own", async () => {
  const { open, incidents, kinds } = await monitored();
  const first = await open();
  expect(await open({ sequence: 14 })).toEqual({ incidentId: first.incidentId, opened: false });
  expect((await open({ value: "android" })).opened).toBe(true);
  expect(await incidents()).toMatchObject([
    { alarms: 2, alarmSequence: 12, lastSequence: 14 },
    { alarms: 1 },
  ]);
  expect(await kinds()).toEqual(["opened", "alarmed", "opened"]);
});

test("the same alarm again changes nothing, in whatever order", async () => {
  const { open, incidents, kinds } = await monitored();
  for (const sequence of [12, 14, 12, 14, 13, 13]) await open({ sequence });
  expect(await incidents()).toMatchObject([{ alarms: 3, lastSequence: 14 }]);
  expect(await kinds()).toEqual(["opened", "alarmed", "alarmed"]);
});

test("an alarm from before the resolution was judged; a later one opens another incident", async () => {
  const { open, incidents, kinds, resolve } = await monitored();
  const first = await open();
  await resolve(first.incidentId, 13);
  expect(await open()).toEqual({ incidentId: first.incidentId, opened: false });
  expect(await open({ sequence: 13 })).toEqual({ incidentId: first.incidentId, opened: false });
  const second = await open({ sequence: 14 });
  expect(second.opened).toBe(true);
  expect(second.incidentId).not.toBe(first.incidentId);
  expect(await incidents()).toHaveLength(2);
  expect(await kinds()).toEqual(["opened", "opened"]);
});

test("forty evaluators with the same alarm open one incident", async () => {
  const { open, incidents, kinds } = await monitored();
  const answers = await Promise.all(Array.from({ length: 40 }, () => open()));
  expect(answers.filter((answer) => answer.opened)).toHaveLength(1);
  expect(await incidents()).toMatchObject([{ alarms: 1 }]);
  expect(await kinds()).toEqual(["opened"]);
});

test("an alarm is not lost when the incident is resolved at the same moment", async () => {
  const { open, incidents, resolve } = await monitored();
  for (let round = 0; round < 20; round += 1) {
    const known = await open({ sequence: 100 + 2 * round });
    await Promise.all([open({ sequence: 101 + 2 * round }), resolve(known.incidentId, 100 + 2 * round)]);
    const rows = await incidents();
    const alarms = rows.reduce((sum, incident) => sum + incident.alarms, 0);
    expect(alarms).toBe(2 * (round + 1));
    for (const row of rows) if (row.state !== "RESOLVED") await resolve(row.id, 101 + 2 * round);
  }
});

test("without the transaction nothing of it stays", async () => {
  const { project, planId, incidents } = await monitored();
  const failing = inTransaction(db, async (tx) => {
    await openIncident(tx, { projectId: project.id }, alarmOf(planId));
    throw new Error("planted");
  });
  await expect(failing).rejects.toThrow("planted");
  expect(await incidents()).toEqual([]);
});

test("a correction is noted on the open incident only", async () => {
  const { project, open, kinds, resolve } = await monitored();
  const correction = {
    kind: "accuracy_drop" as const,
    attribute: "device",
    value: "ios",
    fromSequence: 10,
    labels: 3,
    logPeak: 8.1,
    logThreshold: Math.log(20_800),
  };
  const note = () => noteCorrection(db, { projectId: project.id }, correction);
  expect(await note()).toBe(false);
  const { incidentId } = await open();
  expect(await note()).toBe(true);
  await resolve(incidentId, 12);
  expect(await note()).toBe(false);
  expect(await kinds()).toEqual(["opened", "corrected"]);
});
