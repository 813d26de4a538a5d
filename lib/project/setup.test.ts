import { beforeEach, expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeProject } from "@/lib/testing/make-project";
import { completeSetup, setupIsOpen } from "./complete-setup";
import { passwordMatches } from "./password";
import { prepareInstance } from "./prepare-instance";
import { hashSetupCode, setupCode, setupCodeMatches } from "./setup-code";

const { db, pool } = await testDatabase();
const admin = { name: "Ada", email: "ada@example.org", password: "correct horse battery" };

function visit(): InstanceCtx {
  return { db, actor: { kind: "system", job: "visitor" }, now: new Date(), requestId: newId() };
}

function setUp(code: string, person = admin, ip = "203.0.113.1"): Promise<void> {
  return completeSetup(visit(), pool, { ...person, code }, ip);
}

beforeEach(async () => {
  await db.membership.deleteMany();
  await db.user.deleteMany();
  await db.rateLimit.deleteMany();
  await db.instance.deleteMany();
});

test("every start prints the same code until set-up is done, then none", async () => {
  const first = await prepareInstance(db);
  expect(first.setupCode).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){4}-[0-9a-hjkmnp-tv-z]$/);
  expect((await prepareInstance(db)).setupCode).toBe(first.setupCode);
  expect(await setupIsOpen(db)).toBe(true);
  await setUp(first.setupCode ?? "");
  expect(await prepareInstance(db)).toEqual({ adminCreated: false });
  expect(await setupIsOpen(db)).toBe(false);
  expect((await db.instance.findUniqueOrThrow({ where: { id: 1 } })).setupCodeHash).toBeNull();
});

test("50 set-ups at once make exactly one administrator, ten times over", async () => {
  let refused = 0;
  for (let round = 0; round < 10; round += 1) {
    await db.user.deleteMany();
    await db.instance.deleteMany();
    const { setupCode: code = "" } = await prepareInstance(db);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        setUp(code, { ...admin, email: `admin-${index}@example.org` }, `203.0.113.${round}.${index}`),
      ),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db.user.count({ where: { isAdmin: true } })).toBe(1);
    expect(await db.user.count()).toBe(1);
    for (const result of results) {
      if (result.status === "fulfilled") continue;
      refused += 1;
      expect(["NOT_FOUND", "UNAVAILABLE"]).toContain(
        result.reason instanceof AppError ? result.reason.code : result.reason,
      );
    }
  }
  report(`set-up: 10 administrators from 500 attempts, ${refused} refused`);
}, 180_000);

test("who is overtaken after looking is told that set-up is over, not that a right code is wrong", async () => {
  const { setupCode: code = "" } = await prepareInstance(db);
  let looks = 0;
  const overtaken = db.$extends({
    query: {
      instance: {
        async findUnique({ args, query }) {
          const seen = await query(args);
          looks += 1;
          if (looks === 1) await setUp(code, { ...admin, email: "first@example.org" }, "203.0.113.7");
          return seen;
        },
      },
    },
  }) as unknown as typeof db;
  const slow = completeSetup({ ...visit(), db: overtaken }, pool, { ...admin, code }, "203.0.113.8");
  await expect(slow).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(looks).toBe(2);
  expect(await db.user.count()).toBe(1);
});

test("without the code nobody gets in, and ten tries an hour is all", async () => {
  const { setupCode: code = "" } = await prepareInstance(db);
  for (let round = 0; round < 10; round += 1) {
    await expect(setUp("00000-00000-00000-00000-00000-0")).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  await expect(setUp(code)).rejects.toMatchObject({ code: "LIMIT" });
  expect(await db.user.count()).toBe(0);
  await setUp(code.toUpperCase().replaceAll("-", " "), admin, "203.0.113.2");
  expect(await db.user.count()).toBe(1);
});

test("a weak password leaves set-up open", async () => {
  const { setupCode: code = "" } = await prepareInstance(db);
  await expect(setUp(code, { ...admin, password: "aaaaaaaaaaaa" })).rejects.toMatchObject({
    code: "INVALID",
  });
  expect(await setupIsOpen(db)).toBe(true);
});

test("the environment's administrator is made once, by any number of replicas, and may try the demo", async () => {
  const demo = await makeProject(db, { isDemo: true });
  const prepared = await Promise.all(Array.from({ length: 4 }, () => prepareInstance(db, admin)));
  expect(prepared.filter((each) => each.adminCreated)).toHaveLength(1);
  expect(prepared.every((each) => each.setupCode === undefined)).toBe(true);
  const user = await db.user.findUniqueOrThrow({
    where: { email: admin.email },
    include: { memberships: true },
  });
  expect(await passwordMatches(admin.password, user.passwordHash)).toBe(true);
  expect(user.memberships).toMatchObject([{ projectId: demo.id, role: "MANAGER" }]);
  await prepareInstance(db, { ...admin, email: "second@example.org" });
  expect(await db.user.count()).toBe(1);
});

test("another master key is noticed at start", async () => {
  await prepareInstance(db);
  await db.instance.update({
    where: { id: 1 },
    data: { keyCheck: "s1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
  });
  await expect(prepareInstance(db)).rejects.toThrow(/master key/);
});

test("the code depends on key and installation and carries 128 bits", () => {
  const at = new Date("2026-01-01T00:00:00Z");
  const code = setupCode(Buffer.alloc(32, 1), at);
  expect(code.replaceAll("-", "")).toHaveLength(26);
  expect(setupCode(Buffer.alloc(32, 2), at)).not.toBe(code);
  expect(setupCode(Buffer.alloc(32, 1), new Date(1))).not.toBe(code);
  expect(setupCodeMatches(code, hashSetupCode(code))).toBe(true);
  expect(setupCodeMatches(code, null)).toBe(false);
});
