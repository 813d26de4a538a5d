import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { eraseProject } from "@/lib/project/erase-project";
import { sendAsSource } from "@/lib/ingest/doors";
import { mintProjectScope } from "@/lib/core/ctx";
import { createDemoProject } from "./create-demo-project";
import { DEMO_NAME } from "./schema";
import { demoStream } from "./demo-stream";

const { db, pool } = await testDatabase();
const now = new Date("2026-11-23T10:00:00Z");
/** The pilot's last days, the first of production, which are reviewed to their end, and some that are not. */
const whole = demoStream(now, 1);
const stream = [...whole.slice(740, 950), ...whole.slice(2_500, 2_750)];

function demo(interruptAfter = Number.POSITIVE_INFINITY): Promise<boolean> {
  let requests = 0;
  return createDemoProject({ db, pool }, now, {
    stream,
    mintScope: mintProjectScope,
    print: () => undefined,
    send: (...sent) => {
      requests += 1;
      if (requests > interruptAfter) throw new Error("interrupted");
      return sendAsSource(...sent);
    },
  });
}

/** The steps follow each other as in the life of one installation. */
test("the demo is made once, made anew when it was interrupted, and gone for good when somebody deletes it", async () => {
  await expect(demo(1)).rejects.toThrow("interrupted");
  const broken = await db.project.findFirstOrThrow({ where: { isDemo: true } });

  const other = await pool.connect();
  await other.query("SELECT pg_advisory_lock(7305001)");
  expect(await demo()).toBe(false);
  await other.query("SELECT pg_advisory_unlock(7305001)");
  other.release();

  expect(await demo()).toBe(true);
  const made = await db.project.findMany();
  expect(made.map(({ name, isDemo }) => ({ name, isDemo }))).toEqual([{ name: DEMO_NAME, isDemo: true }]);
  const [{ id: projectId, slug } = { id: "", slug: "" }] = made;
  expect(projectId).not.toBe(broken.id);
  const where = { projectId };
  expect(await db.output.count({ where })).toBe(stream.length);
  expect(await db.quarantine.count({ where })).toBe(0);
  expect(await db.reviewSlot.count({ where: { ...where, state: "OPEN" } })).toBeGreaterThanOrEqual(30);
  const { _min, _max } = await db.review.aggregate({
    where,
    _min: { submittedAt: true },
    _max: { submittedAt: true },
  });
  expect(_min.submittedAt?.getTime()).toBeLessThan(now.getTime() - 7 * 86_400_000);
  expect(_max.submittedAt?.getTime()).toBeLessThanOrEqual(now.getTime());
  expect(await db.baseline.count({ where })).toBe(1);
  expect(await db.estimateCell.count({ where: { ...where, attribute: "channel" } })).toBeGreaterThan(0);
  // The monitors have run: what they found is there when somebody opens the demo for the first time.
  expect(await db.monitorPlan.count({ where })).toBe(1);
  const run = await db.monitorRun.findFirstOrThrow({ where });
  expect(run.fedSequence).toBeGreaterThan(0);
  expect(run.fedSequence).toBe(await db.cohort.count({ where }));
  expect(await db.apiKey.count({ where: { ...where, revokedAt: null } })).toBe(0);
  // Both reviewers have judged known items, half of them with an error, and nobody what they had judged before.
  const known = await db.review.findMany({ where: { ...where, occasion: { gt: 0 } } });
  expect(new Set(known.map(({ reviewerId }) => reviewerId)).size).toBe(2);
  expect(known.length).toBe(await db.reviewOccasion.count({ where }));
  expect(known.filter(({ verdict }) => verdict === "INCORRECT").length).toBeGreaterThan(known.length / 3);

  expect(await demo()).toBe(false);
  const person = { kind: "user", userId: newId(), sessionId: newId(), isAdmin: true, name: "Ada" } as const;
  await eraseProject({ db, actor: person, now, requestId: newId() }, slug, DEMO_NAME);
  expect(await demo()).toBe(false);
  expect(await db.project.count()).toBe(0);
}, 120_000);
