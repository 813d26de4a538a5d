import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { changeSilence } from "./change-silence";
import { readDayFlows, readFreshness, readReasonCounts, readSilences } from "./flow-queries";
import { watchSilence } from "./watch-silence";

const { db, pool } = await testDatabase();
const HOUR_MS = 3_600_000;

async function watched(hours: number | null) {
  const made = await makeSampledProject(db);
  const ctx = contextFor(db, made.project, { kind: "system", job: "test" });
  await changeSilence(ctx, { hours });
  const send = (externalId: string) =>
    storeOutputs({ db, pool }, made, [
      { externalId, instant: new Date("2026-03-02T12:00:00Z"), flagged: true },
    ]);
  return { ctx, send };
}

/** In so many hours from now. */
const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

it("notes a silence once, ends it with the next record, and keeps it", async () => {
  const { ctx, send } = await watched(6);
  await watchSilence(db, later(100));
  expect((await readSilences(ctx)).silences).toEqual([]);
  await send("a");
  await watchSilence(db, later(5));
  expect((await readSilences(ctx)).silences).toEqual([]);
  await Promise.all([watchSilence(db, later(7)), watchSilence(db, later(7))]);
  await watchSilence(db, later(8));
  expect((await readSilences(ctx)).silences).toMatchObject([{ endedAt: null }]);
  await send("b");
  await watchSilence(db, later(1));
  const { hours, silences } = await readSilences(ctx);
  expect(hours).toBe(6);
  expect(silences).toHaveLength(1);
  expect(silences[0]?.endedAt).not.toBeNull();
});

it("watches nothing unasked, and ends when nobody asks any more", async () => {
  const unwatched = await watched(null);
  await unwatched.send("a");
  await watchSilence(db, later(5000));
  expect(await readSilences(unwatched.ctx)).toEqual({ hours: null, uncheckedSince: null, silences: [] });
  const { ctx, send } = await watched(1);
  await send("a");
  await watchSilence(db, later(2));
  await changeSilence(ctx, { hours: null });
  expect((await readSilences(ctx)).silences[0]?.endedAt).not.toBeNull();
});

it("counts by day, reason and source", async () => {
  const { ctx, send } = await watched(24);
  await send("a");
  const [source] = await readFreshness(ctx);
  expect(source).toMatchObject({ name: "test", lastHour: null, received: 0 });
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
  const parts = { accepted: 5, flagged: 1, duplicates: 1, conflicts: 0, quarantined: 2, refused: 1 };
  const row = { projectId: ctx.project.id, sourceId: source?.id ?? "", hour, received: 10, ...parts };
  await db.ledgerDelta.create({ data: row });
  await db.ledgerHour.create({ data: row });
  const [day] = await readDayFlows(ctx, 30);
  expect(day).toMatchObject({ accepted: 10, flagged: 2, duplicates: 2, quarantined: 4, refused: 2 });
  expect(await readFreshness(ctx)).toMatchObject([{ lastHour: hour.toISOString(), received: 20 }]);
  expect(await readReasonCounts(ctx, 7)).toEqual([
    { code: "test", held: false, records: 1, sentence: "test" },
  ]);
});
