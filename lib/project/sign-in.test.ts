import { beforeEach, expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, makePerson, makeSession } from "@/lib/testing/make-project";
import { readSessionActor } from "./access";
import { ipPrefix } from "./begin-session";
import { changePassword } from "./change-own-account";
import { endOwnSession, endSessions } from "./end-session";
import { hashPassword, passwordMatches, passwordProblem } from "./password";
import { sessionExpiry, sessionIsLive } from "./session";
import { tryLink } from "./sign-in-limit";
import { signInWithPassword } from "./sign-in-with-password";

const { db, pool } = await testDatabase();
const password = "correct horse battery";
const passwordHash = await hashPassword(password);
const visitor = { ip: "203.0.113.77", userAgent: "test" };

function visit(now = new Date()): InstanceCtx {
  return { db, actor: { kind: "system", job: "sign-in" }, now, requestId: newId() };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error ?? new Error("It was accepted.");
  return error.details.reason ?? error.code;
}

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

test("the right password makes a fresh session, written in the audit log, whatever the address looks like", async () => {
  const user = await makePerson(db, { email: "grace@example.org", passwordHash });
  const first = await signInWithPassword(visit(), pool, { email: " Grace＠Example.ORG ", password }, visitor);
  const second = await signInWithPassword(visit(), pool, { email: "grace@example.org", password }, visitor);
  expect(first.uid).toBe(user.id);
  expect(second.sid).not.toBe(first.sid);
  const session = await db.session.findUniqueOrThrow({ where: { id: first.sid } });
  expect(session.ipPrefix).toBe("203.0.113.0/24");
  const events = await db.auditEvent.findMany({ where: { actorId: user.id, action: "session.begin" } });
  expect(events).toHaveLength(2);
});

test("unknown, wrong, disabled and passwordless look alike", async () => {
  const user = await makePerson(db, { passwordHash });
  const disabled = await makePerson(db, { passwordHash, disabledAt: new Date() });
  const provider = await makePerson(db, { oidcIssuer: "https://id.example.org", oidcSubject: "1" });
  const sessionsBefore = await db.session.count();
  for (const [email, tried] of [
    ["nobody@example.org", password],
    [user.email, "wrong password here"],
    [disabled.email, password],
    [provider.email, password],
    ["not an address", password],
    [{ not: "" }, password],
  ] as const) {
    expect(await refusal(signInWithPassword(visit(), pool, { email, password: tried }, visitor))).toBe(
      "credentials",
    );
  }
  expect(await db.session.count()).toBe(sessionsBefore);
});

test("an unknown account costs as much time as a known one", async () => {
  const user = await makePerson(db, { passwordHash });
  const times: Record<string, number[]> = { known: [], unknown: [] };
  for (let round = 0; round < 12; round += 1) {
    for (const kind of ["known", "unknown"]) {
      await db.rateLimit.deleteMany();
      const email = kind === "known" ? user.email : `nobody-${round}@example.org`;
      // Processor time: a busy machine stretches the clock, not the work.
      const before = process.cpuUsage();
      await refusal(signInWithPassword(visit(), pool, { email, password: "wrong password here" }, visitor));
      const { user: own, system } = process.cpuUsage(before);
      times[kind]?.push((own + system) / 1000);
    }
  }
  const median = (values: number[] = []) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [known, unknown] = [median(times.known), median(times.unknown)];
  report(
    `refused sign-in, median of 12: known account ${known.toFixed(1)} ms of processor time, unknown ${unknown.toFixed(1)} ms`,
  );
  expect(unknown).toBeGreaterThan(known * 0.6);
  expect(known).toBeGreaterThan(unknown * 0.6);
});

test("ten wrong tries in parallel, then even the right password waits; another account does not", async () => {
  const user = await makePerson(db, { passwordHash });
  const other = await makePerson(db, { passwordHash });
  const tries = Array.from({ length: 14 }, () =>
    refusal(
      signInWithPassword(visit(), pool, { email: user.email, password: "wrong password here" }, visitor),
    ),
  );
  const reasons = await Promise.all(tries);
  expect(reasons.filter((reason) => reason === "credentials")).toHaveLength(10);
  expect(reasons.filter((reason) => reason === "too_many_tries")).toHaveLength(4);
  const right = signInWithPassword(visit(), pool, { email: user.email, password }, visitor);
  expect(await refusal(right)).toBe("too_many_tries");
  await signInWithPassword(visit(), pool, { email: other.email, password }, visitor);
});

test("one address gets a hundred tries over all accounts; a right one is not counted", async () => {
  const user = await makePerson(db, { passwordHash });
  for (let round = 0; round < 5; round += 1) {
    await signInWithPassword(visit(), pool, { email: user.email, password }, visitor);
  }
  const email = "not an address";
  for (let round = 0; round < 100; round += 1) {
    expect(await refusal(signInWithPassword(visit(), pool, { email, password }, visitor))).toBe(
      "credentials",
    );
  }
  expect(await refusal(signInWithPassword(visit(), pool, { email: user.email, password }, visitor))).toBe(
    "too_many_tries",
  );
  await signInWithPassword(
    visit(),
    pool,
    { email: user.email, password },
    { ...visitor, ip: "198.51.100.1" },
  );
});

test("too many at once are told to come back instead of piling up", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, () => passwordMatches("wrong", passwordHash)),
  );
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(40 - 22);
  expect(refused[0]?.reason).toMatchObject({ code: "UNAVAILABLE" });
  expect(await passwordMatches(password, passwordHash)).toBe(true);
});

test("a sign-in lives eight hours without a request and seven days at most", () => {
  const start = new Date("2026-03-01T08:00:00Z");
  const facts = { lastSeenAt: start, expiresAt: sessionExpiry(start), endedAt: null, userDisabledAt: null };
  const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
  expect(sessionIsLive(facts, after(7.99))).toBe(true);
  expect(sessionIsLive(facts, after(8))).toBe(false);
  expect(sessionIsLive({ ...facts, lastSeenAt: after(167) }, after(167.9))).toBe(true);
  expect(sessionIsLive({ ...facts, lastSeenAt: after(167) }, after(168))).toBe(false);
  expect(sessionIsLive({ ...facts, endedAt: start }, start)).toBe(false);
  expect(sessionIsLive({ ...facts, userDisabledAt: start }, start)).toBe(false);
});

test("requests keep a sign-in alive, written at most once a minute", async () => {
  const user = await makePerson(db);
  const start = new Date();
  const sid = await makeSession(db, user, start);
  const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
  await readSessionActor(db, sid, user.id, at(30));
  expect((await db.session.findUniqueOrThrow({ where: { id: sid } })).lastSeenAt).toEqual(start);
  await readSessionActor(db, sid, user.id, at(90));
  expect((await db.session.findUniqueOrThrow({ where: { id: sid } })).lastSeenAt).toEqual(at(90));
  expect(await readSessionActor(db, sid, user.id, at(90 + 8 * 3600))).toBeNull();
});

test("signing out, being signed out and a new password end sign-ins at once", async () => {
  const user = await makePerson(db, { passwordHash });
  const [own, other, third] = [
    await makeSession(db, user),
    await makeSession(db, user),
    await makeSession(db, user),
  ];
  const live = async (sid: string) => (await readSessionActor(db, sid, user.id, new Date())) !== null;
  await endOwnSession({ ...visit(), actor: actorFor(user, third) });
  expect([await live(own), await live(other), await live(third)]).toEqual([true, true, false]);
  const ctx = { ...visit(), actor: actorFor(user, own) };
  expect(await refusal(changePassword(ctx, pool, { current: "wrong", next: "a better passphrase" }))).toBe(
    "credentials",
  );
  await changePassword(ctx, pool, { current: password, next: "a better passphrase" });
  expect([await live(own), await live(other)]).toEqual([true, false]);
  await signInWithPassword(visit(), pool, { email: user.email, password: "a better passphrase" }, visitor);
  expect(await endSessions(visit(), user.id)).toEqual({ ended: 2 });
  expect(await live(own)).toBe(false);
});

test.each([
  ["too short", "short"],
  ["one character", "aaaaaaaaaaaaaaaa"],
  ["first on every list", "Password1234"],
  ["digits in a row", "123456789012"],
  ["the address", "grace.hopper1"],
])("a password is refused: %s", (_name, tried) => {
  expect(passwordProblem(tried, "grace.hopper@example.org")).toMatch(/\.$/);
});

test.each(["correct horse battery", "Xk2!vv9#qLp0", "пароль из слов", "passwords are like onions"])(
  "a password is taken: %s",
  (tried) => {
    expect(passwordProblem(tried, "grace.hopper@example.org")).toBeNull();
  },
);

test("addresses are kept as networks", () => {
  expect(ipPrefix("203.0.113.77")).toBe("203.0.113.0/24");
  expect(ipPrefix("2001:db8:1:2::3")).toBe("2001:db8:1::/48");
  expect(ipPrefix("::1")).toBe("0:0:0::/48");
  expect(ipPrefix("rubbish")).toBeNull();
});

test("one address gets thirty guesses at links; links that work are none", async () => {
  const address = "203.0.113.77";
  for (let person = 0; person < 40; person += 1)
    expect(await tryLink(pool, address, async () => person)).toBe(person);
  const wrong = () =>
    tryLink(pool, address, () => Promise.reject(new AppError("NOT_FOUND", "No such link.")));
  for (let guess = 0; guess < 30; guess += 1) await expect(wrong()).rejects.toThrow("No such link.");
  await expect(wrong()).rejects.toMatchObject({ code: "LIMIT" });
  await expect(tryLink(pool, address, async () => "right")).rejects.toMatchObject({ code: "LIMIT" });
});
