import { afterEach, expect, test, vi } from "vitest";
import { mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makePerson, makeProject } from "@/lib/testing/make-project";
import { demoStream } from "./demo-stream";
import { eraseDemo } from "./erase-demo";
import { readDemo } from "./queries";
import { requestDemo } from "./request-demo";
import { runDemo } from "./run-demo";

const { db, pool } = await testDatabase();
const now = new Date();
const whole = demoStream(now, 1);
const ofPhase = (phase: string) => whole.filter(({ record }) => record.phase === phase);
const stream = [...ofPhase("pilot").slice(-100), ...ofPhase("production").slice(1_000, 1_040)];
const person = { kind: "user", userId: newId(), sessionId: newId(), isAdmin: true, name: "Ada" } as const;
const ctx = { db, actor: person, now, requestId: newId() };
const jobs = () =>
  db.$queryRaw<
    { jobs: number }[]
  >`SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE task_identifier = 'make-demo'`;

afterEach(() => vi.restoreAllMocks());

/** Rows of every table with a project, by table; and what else the demo may leave. */
async function rowsOf(projectId: string): Promise<Record<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    SELECT table_name AS name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND column_name = 'project_id' AND table_type = 'BASE TABLE' AND table_name <> 'audit_event'`);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const text = `SELECT count(*)::int AS rows FROM "${name}" WHERE project_id = $1`;
    const { rows } = await pool.query<{ rows: number }>(text, [projectId]);
    if (rows[0]?.rows) counts[name] = rows[0].rows;
  }
  return counts;
}

test("one press makes the demo in the background, one takes it away whole, and nothing of others goes", async () => {
  const own = await makeProject(db, { name: "Own" });
  await makePerson(db, { project: own, role: "MANAGER" });
  expect(await readDemo(db, now)).toMatchObject({ state: "none" });
  await expect(eraseDemo(ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });

  const asked = await Promise.allSettled([requestDemo(ctx), requestDemo(ctx), requestDemo(ctx)]);
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await jobs()).toEqual([{ jobs: 1 }]);
  expect(await readDemo(db, now)).toMatchObject({ state: "making", weeks_done: 0, seconds_left: null });
  await expect(eraseDemo(ctx)).rejects.toMatchObject({ code: "CONFLICT" });

  await runDemo(db, { stream, mintScope: mintProjectScope });
  const demo = await db.project.findFirstOrThrow({ where: { isDemo: true } });
  const made = await readDemo(db, new Date());
  expect(made).toMatchObject({ state: "ready", slug: demo.slug, problem: null });
  expect(made.weeks_done).toBe(made.weeks_all);
  expect(made.weeks_all).toBeGreaterThan(1);
  const rows = await rowsOf(demo.id);
  // The count looks at much, so that finding nothing later means something.
  expect(Object.keys(rows).length).toBeGreaterThan(20);
  expect(rows).toMatchObject({ output: stream.length });
  await expect(requestDemo(ctx)).rejects.toMatchObject({ code: "CONFLICT" });

  await eraseDemo(ctx);
  expect(await rowsOf(demo.id)).toEqual({});
  expect(await db.user.count({ where: { email: { endsWith: "@simulated.example" } } })).toBe(0);
  expect(await db.project.findMany({ select: { id: true } })).toEqual([{ id: own.id }]);
  expect(await db.membership.count({ where: { projectId: own.id } })).toBe(1);
  expect(await readDemo(db, now)).toMatchObject({ state: "none", slug: null });
}, 120_000);

test("taken up after a kill it begins anew; what fails is told, and can be asked for again", async () => {
  await requestDemo(ctx);
  // As a killed process leaves it: a part of the project, and the run not finished.
  const half = await makeProject(db, { isDemo: true, name: "Mail room (simulated)" });
  await runDemo(db, { stream, mintScope: mintProjectScope });
  const made = await db.project.findMany({ where: { isDemo: true } });
  expect(made).toHaveLength(1);
  expect(made[0]?.id).not.toBe(half.id);
  await runDemo(db, { stream, mintScope: mintProjectScope });
  expect(await db.project.count({ where: { isDemo: true } })).toBe(1);
  await eraseDemo(ctx);

  await requestDemo(ctx);
  const { log } = await import("@/lib/core/log");
  vi.spyOn(log(), "error").mockImplementation(() => undefined);
  const broken = [{ ...stream[0], record: { ...stream[0]?.record, id: "" } }] as unknown as typeof stream;
  await runDemo(db, { stream: broken, mintScope: mintProjectScope });
  expect(await readDemo(db, now)).toMatchObject({ state: "failed", slug: null });
  expect(await db.project.count({ where: { isDemo: true } })).toBe(0);
  await requestDemo(ctx);
  expect(await readDemo(db, now)).toMatchObject({ state: "making", problem: null });
}, 120_000);
