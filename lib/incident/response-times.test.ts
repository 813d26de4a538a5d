import { expect, test } from "vitest";

import { testDatabase } from "@/lib/testing/database";
import { makeIncident } from "@/lib/testing/make-monitor";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";

import { acknowledgeIncident } from "./acknowledge-incident";
import { resolveIncident } from "./resolve-incident";
import { readResponseTimes, waitsOf } from "./response-times";

const { db } = await testDatabase();

test("what is not done yet is longer than all that is, so that it cannot make a team look fast", () => {
  const hours = (count: number) => count * 3_600;
  expect(waitsOf([hours(0.5), null, hours(2), null, hours(200)])).toEqual({
    within: [1, 1, 0, 0],
    later: 1,
    notYet: 2,
    half: hours(200),
    mostly: null,
  });
  expect(waitsOf([hours(1), null, null])).toMatchObject({ half: null, notYet: 2 });
  expect(waitsOf([])).toMatchObject({ half: null, later: 0, notYet: 0 });
});

test("incidents are counted from their opening to what a person first did; those that ended by themselves apart", async () => {
  const project = await makeProject(db);
  const manager = await makePerson(db, { project, role: "MANAGER" });
  const now = new Date();
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const ctx = contextFor(db, project, actorFor(manager), now);
  const make = (value: string, openedAt: Date, rest = {}) =>
    makeIncident(db, project, { value, openedAt, ...rest });
  const [quick, slow] = [await make("a", ago(2)), await make("b", ago(30))];
  await make("waits", ago(50));
  await make("long ago", ago(24 * 91));
  await make("alone", ago(5), { state: "RESOLVED", resolvedAt: now, resolvedSequence: 13 });
  await acknowledgeIncident(ctx, quick, {});
  await resolveIncident(ctx, slow, { reason: "not_a_problem" });
  const times = await readResponseTimes(ctx);
  expect(times).toMatchObject({ incidents: 3, endedAlone: 1 });
  expect(times.taken).toMatchObject({ within: [0, 1, 0, 1], later: 0, notYet: 1, mostly: null });
  expect((times.taken.half ?? 0) / 3_600).toBeCloseTo(30, 0);
  expect(times.resolved).toMatchObject({ within: [0, 0, 0, 1], later: 0, notYet: 2, half: null });
});
