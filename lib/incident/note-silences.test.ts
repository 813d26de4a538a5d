import { expect, it } from "vitest";
import { changeSilence } from "@/lib/drift/change-silence";
import { readSilences } from "@/lib/drift/flow-queries";
import { watchSilence } from "@/lib/drift/watch-silence";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { readIncident } from "./incident-detail";
import { noteSilences } from "./note-silences";
import { countOpenIncidents, listIncidents, listUrgentIncidents } from "./queries";
import { resolveIncident } from "./resolve-incident";

const { db, pool } = await testDatabase();
const HOUR_MS = 3_600_000;

/** In so many hours from now. */
const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
/** What the worker does each minute. */
async function work(at: Date) {
  await watchSilence(db, at);
  return noteSilences(db);
}

async function watched(hours: number) {
  const made = await makeSampledProject(db, { recorded: false });
  const ctx = contextFor(db, made.project, { kind: "system", job: "test" });
  await changeSilence(ctx, { hours });
  const send = (externalId: string) =>
    storeOutputs({ db, pool }, made, [{ externalId, instant: new Date("2026-03-02T12:00:00Z") }]);
  const incidents = async () => (await listIncidents(ctx, { standing: "all", page: 1 })).incidents;
  return { made, ctx, send, incidents };
}

it("is one incident, whoever finds it, and ends with the next record, saying how long it was", async () => {
  const { ctx, send, incidents } = await watched(6);
  await work(later(100));
  expect(await incidents()).toEqual([]);
  await send("a");
  await work(later(5));
  expect(await incidents()).toEqual([]);
  await Promise.all([work(later(7)), work(later(7)), work(later(7))]);
  await work(later(9));
  const [open, ...more] = await incidents();
  expect(more).toEqual([]);
  expect(open).toMatchObject({ kind: "no_data", standing: "open", input: { severity: "high" } });
  expect(open?.input?.finding).toMatch(/^Nothing has come in since .+ longer than the 6 hours/);
  expect(await countOpenIncidents(ctx, ctx.project.id)).toBe(1);
  expect(await listUrgentIncidents(ctx, 4)).toHaveLength(1);
  // As if it had begun 30 hours ago.
  await db.$executeRaw`
    UPDATE silence SET last_received_at = last_received_at - interval '30 hours' WHERE project_id = ${ctx.project.id}::uuid`;
  await db.$executeRaw`
    UPDATE incident SET facts = jsonb_set(facts, '{since}', to_jsonb(to_char(((facts ->> 'since')::timestamptz - interval '30 hours')
      AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) WHERE project_id = ${ctx.project.id}::uuid`;
  const raced = await Promise.all([work(later(1)), work(later(1)), work(later(1))]);
  expect(raced.reduce((sum, { ended }) => sum + ended, 0)).toBe(1);
  const detail = await readIncident(ctx, open?.id ?? "");
  const ended = (detail?.events ?? []).filter(({ kind }) => kind === "resolved");
  expect(ended).toMatchObject([{ by: null, details: { reason: "came_back" } }]);
  expect(Number(ended[0]?.details.silent_seconds)).toBeGreaterThan(29 * 3600);
  expect(Number(ended[0]?.details.silent_seconds)).toBeLessThan(31 * 3600);
  expect(await countOpenIncidents(ctx, ctx.project.id)).toBe(0);
});

it("does what a killed worker left undone, and what a person resolved stays resolved until it happens anew", async () => {
  const { ctx, send, incidents } = await watched(6);
  await send("a");
  // Killed after the silence was noted: the next minute opens the incident.
  await watchSilence(db, later(7));
  expect(await incidents()).toEqual([]);
  await work(later(8));
  const [first] = await incidents();
  await resolveIncident(ctx, first?.id ?? "", { reason: "not_a_problem" });
  await work(later(9));
  expect(await incidents()).toMatchObject([{ standing: "resolved" }]);
  await send("b");
  await work(later(1));
  await work(later(20));
  expect(await incidents()).toMatchObject([{ standing: "open" }, { standing: "resolved" }]);
  await changeSilence(ctx, { hours: null });
  await work(later(20));
  const [second] = await incidents();
  const detail = await readIncident(ctx, second?.id ?? "");
  expect(detail?.events.at(-1)).toMatchObject({ kind: "resolved", details: { reason: "unwatched" } });
});

it("misses a source that usually sends, while others do: a note of little weight", async () => {
  const { made, ctx, send, incidents } = await watched(24);
  await send("a");
  const hour = (hours: number) => new Date(Math.floor((Date.now() - hours * HOUR_MS) / HOUR_MS) * HOUR_MS);
  const parts = { accepted: 1, flagged: 0, duplicates: 0, conflicts: 0, quarantined: 0, refused: 0 };
  const sent = (sourceId: string, hours: number) =>
    db.ledgerHour.create({
      data: { projectId: ctx.project.id, sourceId, hour: hour(hours), received: 1, ...parts },
    });
  const other = (name: string) =>
    db.source.create({ data: { projectId: ctx.project.id, id: crypto.randomUUID(), kind: "API", name } });
  const [steady, rare] = [await other("checkout"), await other("yearly report")];
  for (const hours of [40, 64, 88, 112]) await sent(steady.id, hours);
  await sent(rare.id, 200);
  await sent(made.sourceId, 1);
  await work(new Date());
  const [note, ...more] = await incidents();
  expect(more).toEqual([]);
  expect(note).toMatchObject({
    kind: "no_data",
    input: { severity: "low", title: "Nothing comes from checkout" },
  });
  expect((await readSilences(ctx)).silences).toMatchObject([{ source: "checkout", endedAt: null }]);
  await sent(steady.id, 0);
  await work(new Date());
  expect(await incidents()).toMatchObject([{ standing: "resolved" }]);
});

it("says that nobody looks when the job does not run: silence is never green", async () => {
  const { made, ctx, send } = await watched(6);
  await send("a");
  const at = (minutes: number) =>
    contextFor(db, made.project, { kind: "system", job: "test" }, later(minutes / 60));
  expect((await readSilences(at(1))).uncheckedSince).toBeNull();
  await work(later(0));
  expect((await readSilences(at(2))).uncheckedSince).toBeNull();
  // The planted fault: no job for four minutes.
  expect((await readSilences(at(4))).uncheckedSince).not.toBeNull();
  await work(later(4 / 60));
  expect((await readSilences(at(5))).uncheckedSince).toBeNull();
  await changeSilence(ctx, { hours: null });
  expect((await readSilences(at(500))).uncheckedSince).toBeNull();
});
