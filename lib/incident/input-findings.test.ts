import { expect, it } from "vitest";
import { newId } from "@/lib/core/id";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { readPilotDays } from "@/lib/drift/read-pilot-days";
import { watchInputs } from "@/lib/drift/watch-inputs";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { noteInputFindings } from "./note-input-findings";
import { listIncidents } from "./queries";

const { db, pool } = await testDatabase();
const DAY = 86_400_000;
/** A Monday; the pilot, and production from then on. */
const START = Date.UTC(2026, 1, 2);

async function makeStream(pilotDays: number, perDay: number) {
  const made = await makeSampledProject(db, { timeZone: "UTC" });
  const random = seededRandom(20_261_214);
  let sent = 0;
  /** About so many on a day, fewer on Sundays. */
  const day = (at: number, many: number, more: Partial<StoredOutput> = {}): StoredOutput[] =>
    Array.from({ length: Math.round(many * (at % 7 === 6 ? 0.5 : 1) * (0.9 + 0.2 * random())) }, () => ({
      externalId: `o${(sent += 1)}`,
      instant: new Date(START + at * DAY + Math.floor(random() * 86_000) * 1_000),
      phase: at < pilotDays ? ("PILOT" as const) : ("PRODUCTION" as const),
      ...more,
    }));
  const store = async (outputs: readonly StoredOutput[]) => {
    await storeOutputs({ db, pool }, made, outputs);
    await foldCounts(db, made.project.id);
  };
  await store(Array.from({ length: pilotDays }, (_, at) => day(at, perDay)).flat());
  /** What the worker does once an hour, early on that day. */
  const look = async (at: number) => {
    const ctx = contextFor(
      db,
      made.project,
      { kind: "system", job: "test" },
      new Date(START + at * DAY + 3_600_000),
    );
    await Promise.all([watchInputs(ctx), watchInputs(ctx)]);
    await noteInputFindings(ctx);
    await noteInputFindings(ctx);
    const { incidents } = await listIncidents(ctx, { standing: "all", page: 1 });
    return incidents.map(({ kind, state, input }) => ({
      kind,
      state,
      title: input?.title,
      since: input?.since,
      input,
    }));
  };
  return { ...made, day, store, look };
}

it("a part of the volume is one incident from the day on which it began, and ends when as much comes as before", async () => {
  const { project, day, store, look } = await makeStream(30, 30);
  expect(await readPilotDays(contextFor(db, project))).toBe(30);
  const days = (from: number, to: number, many: number) =>
    Array.from({ length: to - from }, (_, at) => day(from + at, many)).flat();
  await store(days(30, 33, 30));
  expect(await look(32)).toEqual([]);
  await store([...days(33, 36, 5), ...day(36, 1)]);
  const [low, ...others] = await look(36);
  expect(others).toEqual([]);
  expect(low).toMatchObject({
    kind: "volume_changed",
    state: "open",
    title: "Less comes in than in the pilot",
    since: "2026-03-07T00:00:00.000Z",
    input: { severity: "low" },
  });
  expect(low?.input?.finding).toMatch(
    /^In the newest whole day \d records came; in the pilot it was about \d\d at/,
  );
  await store([...days(36, 38, 30), ...day(38, 1)]);
  expect(await look(38)).toMatchObject([{ state: "resolved" }]);
  await store([...days(38, 40, 150), ...day(40, 1)]);
  expect((await look(40)).filter(({ state }) => state === "open")).toMatchObject([
    { title: "More comes in than in the pilot" },
  ]);
});

it("a short pilot says nothing of volume", async () => {
  const made = await makeSampledProject(db, { timeZone: "UTC" });
  const of = (at: number, many: number, phase: "PILOT" | "PRODUCTION"): StoredOutput[] =>
    Array.from({ length: many }, (_, each) => ({
      externalId: `${at} ${each}`,
      instant: new Date(START + at * DAY + each * 1_000),
      phase,
    }));
  await storeOutputs({ db, pool }, made, Array.from({ length: 10 }, (_, at) => of(at, 50, "PILOT")).flat());
  await storeOutputs(
    { db, pool },
    made,
    Array.from({ length: 5 }, (_, at) => of(at + 10, 2, "PRODUCTION")).flat(),
  );
  await foldCounts(db, made.project.id);
  const ctx = contextFor(db, made.project, undefined, new Date(START + 15 * DAY));
  expect(await watchInputs(ctx)).toEqual({ noticed: 0, ended: 0 });
});

it("an attribute that hardly repeats is one incident with examples, and ends when it calms", async () => {
  const { day, store, look } = await makeStream(2, 20);
  const of = (at: number, many: number, values: number) =>
    day(at, many).map((output, each) => ({
      ...output,
      segments: { area: `a${each % 3}`, customer: `c${each % values}` },
    }));
  await store(of(2, 60, 5));
  expect(await look(3)).toEqual([]);
  await store(of(3, 700, 1_000));
  const found = (await look(4)).filter(({ kind }) => kind === "segments_exploded");
  expect(found).toMatchObject([{ state: "open", title: "customer has too many values for a segment" }]);
  expect(found[0]?.input?.numbers[1]).toEqual({ label: "For example", text: "c0, c1, c10, c100, c101" });
  for (const at of [4, 5]) await store(of(at, 60, 5));
  expect((await look(6)).filter(({ kind }) => kind === "segments_exploded")).toMatchObject([
    { state: "resolved" },
  ]);
});

it("truths that come as in the pilot are none; when they stop they are one, until they come again", async () => {
  const { project, day, store, look } = await makeStream(2, 80);
  const known = async (outputs: readonly StoredOutput[], afterDays: number, received: number) =>
    db.groundTruth.createMany({
      data: outputs.map(({ externalId }) => ({
        projectId: project.id,
        id: newId(),
        externalId,
        value: {},
        receivedAt: new Date(received + afterDays * DAY),
        contentHash: Buffer.from(externalId),
      })),
    });
  const pilot = await db.output.findMany({
    where: { projectId: project.id },
    select: { externalId: true, receivedAt: true },
  });
  const now = pilot[0]?.receivedAt.getTime() ?? 0;
  await known(
    pilot.map(({ externalId }) => ({ externalId, instant: new Date() })),
    1.5,
    now,
  );
  const production = day(2, 400);
  await store(production);
  // Outputs were received just now: they are five days old in five days.
  const later = Math.round((now - START) / DAY) + 5;
  await known(production.slice(0, Math.floor(0.97 * production.length)), 1.2, now);
  expect((await look(later)).filter(({ kind }) => kind === "labels_late")).toEqual([]);
  const missing = day(3, 1_200);
  await store(missing);
  const late = (await look(later)).filter(({ kind }) => kind === "labels_late");
  expect(late).toMatchObject([{ state: "open", title: "Truths come late" }]);
  expect(late[0]?.input?.finding).toMatch(/had a truth within 2 days; in the pilot it was 100 %/);
  await known(missing, 1.9, now);
  expect((await look(later)).filter(({ kind }) => kind === "labels_late")).toMatchObject([
    { state: "resolved" },
  ]);
});
