import { expect, test } from "vitest";
import { report, takeConsole } from "./console";
import { testDatabase } from "./database";

const started = performance.now();
const { db, pool, url } = await testDatabase();
const milliseconds = performance.now() - started;

test("each test file has a migrated database of its own", async () => {
  report(`test database ready in ${milliseconds.toFixed(0)} ms`);
  expect(await db.project.count()).toBe(0);
  const { rows } = await pool.query(
    "SELECT current_database() AS name, to_regclass('graphile_worker._private_jobs') AS queue",
  );
  expect(url.endsWith(`/${rows[0].name}`)).toBe(true);
  expect(rows[0].queue).not.toBeNull();
});

test("a second call gives the same database", async () => {
  expect((await testDatabase()).url).toBe(url);
});

test("console output of the code under test is caught", () => {
  console.warn("planted");
  expect(takeConsole()).toEqual(["console.warn: planted"]);
});
