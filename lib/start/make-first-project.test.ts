import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { makeRecord, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { eraseProject } from "@/lib/project/erase-project";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { makeFirstProject } from "./make-first-project";

const { db } = await testDatabase();
const send = await serveDoors();
const folder = mkdtempSync(join(tmpdir(), "assay-first-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ctx: InstanceCtx = {
  db,
  actor: { kind: "system", job: "first-start" },
  now: new Date(),
  requestId: newId(),
};

test("the environment's project is made once, by one of many, with a key in a file that works", async () => {
  const admin = await makePerson(db, { isAdmin: true });
  await makeProject(db, { isDemo: true });
  const files = [1, 2, 3, 4].map((number) => join(folder, "secrets", `key-${number}`));
  const made = await Promise.all(
    files.map((keyFile) =>
      makeFirstProject(ctx, { name: "Mail room", keyFile, mintScope: mintProjectScope }),
    ),
  );
  expect(made.filter((slug) => slug !== null)).toEqual(["mail-room"]);
  const keyFile = files[made.indexOf("mail-room")] ?? "";
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  const token = readFileSync(keyFile, "utf8").trim();
  expect(await send(makeRecord(), { token, path: "/api/v1/outputs" })).toMatchObject({ status: 202 });
  const project = await db.project.findUniqueOrThrow({ where: { slug: "mail-room" } });
  expect(await db.membership.findMany({ where: { projectId: project.id } })).toMatchObject([
    { userId: admin.id, role: "MANAGER" },
  ]);

  // Whoever erases it means it.
  await eraseProject({ ...ctx, actor: actorFor(admin) }, "mail-room", "Mail room");
  const again = await makeFirstProject(ctx, { name: "Mail room", keyFile, mintScope: mintProjectScope });
  expect(again).toBeNull();
});
