import { afterEach, expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { type ReadingOf, storedReading } from "@/lib/db/stored-reading";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { makeReading } from "./make-reading";

const { db, pool } = await testDatabase();
const MINUTE = 60_000;
const DAYS = { kind: "worst-segments", from: "2026-03-01", to: "2026-03-31" } as const;
const MANY = 50_000;

afterEach(() => pool.query("DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'make-reading:%'"));

async function project(at = new Date("2026-04-01T10:00:00Z")) {
  const { project: made } = await makeReviewQueue(db, {
    items: [{ input: { text: newId() }, output: { label: "yes" } }],
  });
  return (minutes: number) => contextFor(db, made, undefined, new Date(at.getTime() + minutes * MINUTE));
}

async function jobs(): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(
    "SELECT count(*) AS n FROM graphile_worker._private_jobs WHERE key LIKE 'make-reading:%'",
  );
  return Number(rows[0]?.n);
}

/** Counts how often it was made. */
function counted() {
  let made = 0;
  return () => Promise.resolve({ made: (made += 1) });
}

test("of few reviews it is made each time", async () => {
  const at = await project();
  const make = counted();
  for (const expected of [1, 2])
    expect(await storedReading(at(0), { ...DAYS, reviews: 100 }, make)).toEqual({
      value: { made: expected },
      madeAt: null,
    });
  expect(await db.storedReading.count({ where: { projectId: at(0).project.id } })).toBe(0);
});

test("of many reviews the last one is shown with its time, and made again when it is old", async () => {
  const at = await project();
  const make = counted();
  const ask = (minutes: number) => storedReading(at(minutes), { ...DAYS, reviews: MANY }, make);
  expect(await ask(0)).toEqual({ value: { made: 1 }, madeAt: null });
  expect(await ask(9)).toEqual({ value: { made: 1 }, madeAt: at(0).now });
  expect(await jobs()).toBe(0);
  expect(await ask(11)).toEqual({ value: { made: 1 }, madeAt: at(0).now });
  expect(await ask(12)).toEqual({ value: { made: 1 }, madeAt: at(0).now });
  expect(await jobs()).toBe(1);
});

test("other days, another project and another build are made anew", async () => {
  const [at, other] = [await project(), await project()];
  const make = counted();
  const asked = { ...DAYS, reviews: MANY };
  await storedReading(at(0), asked, make);
  expect((await storedReading(at(1), { ...asked, to: "2026-03-30" }, make)).value).toEqual({ made: 2 });
  expect((await storedReading(other(1), asked, make)).value).toEqual({ made: 3 });
  expect((await storedReading(at(1), { ...asked, about: ["x"] }, make)).value).toEqual({ made: 4 });
  expect((await storedReading(at(1), { ...asked, about: ["x", "y"] }, make)).value).toEqual({ made: 5 });
  await db.storedReading.updateMany({ where: { projectId: at(0).project.id }, data: { build: "before" } });
  expect((await storedReading(at(2), asked, make)).value).toEqual({ made: 6 });
});

test("the job makes what the page would have made", async () => {
  const at = await project();
  const { userId: reviewerId } = await db.membership.findFirstOrThrow({
    where: { projectId: at(0).project.id },
  });
  for (const kind of ["worst-segments", "reviewer-mix", "reviewers", "non-response"] as const) {
    await makeReading(db, at(0).project.id, { ...DAYS, kind });
    const shown = await storedReading(at(1), { ...DAYS, kind, reviews: MANY }, () =>
      Promise.reject(new Error("made")),
    );
    expect(shown.value).toMatchObject({ from: DAYS.from, to: DAYS.to });
  }
  const keep = async (of: ReadingOf) => {
    await makeReading(db, at(0).project.id, of);
    const shown = await storedReading(at(1), { ...of, reviews: MANY }, () => Promise.resolve("made"));
    return shown.value;
  };
  const { from, to } = DAYS;
  expect(await keep({ kind: "reviewer", from, to, about: [reviewerId] })).toMatchObject({
    from,
    reviewer: { reviewer_id: reviewerId },
  });
  expect(await keep({ kind: "versions", from, to, about: ["1", "2"] })).toMatchObject({
    earlier: { version: "1" },
    later: { version: "2" },
  });
  expect(await keep({ kind: "people-work", from, to })).toMatchObject([{ userId: reviewerId }]);
  expect(await keep({ kind: "labelled-history", from, to })).toMatchObject({ kind: "reviews", outputs: 0 });
  expect(await keep({ kind: "anchoring", from, to, about: ["blind first"] })).toBe("made");
  await db.project.update({ where: { id: at(0).project.id }, data: { reviewMode: "OUTPUT_FIRST" } });
  expect(await keep({ kind: "anchoring", from, to, about: ["since"] })).toMatchObject({ difference: null });
  // Nobody of this id reviews here any more.
  expect(await keep({ kind: "reviewer", from, to, about: [newId()] })).toBe("made");
  await makeReading(db, newId(), DAYS);
});
