import { expect, it } from "vitest";
import { publishContract } from "@/lib/contract/publish-contract";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { readHeldGroups } from "./held-groups";
import { heldParts } from "./held-parts";
import { bucketMinutes, MOST_TIMES } from "./held-times";
import { readQuarantine } from "./queries";
import { settleHeld } from "./settle-held";
import { soundRecord } from "./testing/mutate-record";
import { makeSendingProject, serveDoors } from "./testing/open-ingest";
import { soundContract } from "./testing/sound-contract";

const { db } = await testDatabase();
const send = await serveDoors();
const HOUR = 3_600_000;

/** Two reasons; each record came once an hour earlier, back to `hours` before. */
async function heldOver(hours: number) {
  const { project, token } = await makeSendingProject(db, {});
  const person = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(person), new Date());
  await publishContract(ctx, { definition: soundContract, note: "", baseVersion: 0 });
  const record = { ...soundRecord("a", seededRandom(4)), output: { label: "refuse", score: 0.5 } };
  await send({ batch: [record, { id: "no time" }] }, { token });
  const { rowCount } = await copyBack(project.id, hours);
  expect(rowCount).toBe(2 * hours);
  return { ctx, project };
}

async function copyBack(projectId: string, hours: number) {
  const rowCount = await db.$executeRaw`
    INSERT INTO quarantine (project_id, id, source_id, kind, received_at, external_id, reasons, first_code, raw, raw_length, raw_hash,
      state, contract_version)
    SELECT project_id, gen_random_uuid(), source_id, kind, received_at - make_interval(hours => earlier), external_id, reasons, first_code,
      raw, raw_length, raw_hash, state, contract_version
    FROM quarantine CROSS JOIN generate_series(1, ${hours}::int) earlier WHERE project_id = ${projectId}::uuid`;
  return { rowCount };
}

it("divides every span of time into few stretches, wherever it begins", () => {
  for (let minutes = 0; minutes < 3_000_000; minutes = Math.ceil(minutes * 1.07) + 1) {
    const step = bucketMinutes(minutes * 60_000);
    for (const start of [0, 1, step - 1, step / 2]) {
      const bins = Math.floor((start + minutes) / step) - Math.floor(start / step) + 1;
      expect(bins).toBeLessThanOrEqual(MOST_TIMES);
    }
  }
  expect(bucketMinutes(0)).toBe(1);
  expect(bucketMinutes(10 * HOUR)).toBe(60);
  expect(bucketMinutes(9 * 24 * HOUR)).toBe(24 * 60);
});

it("groups what is held by reason, place and time; a stretch of time adds up to its records, and so does the next level", async () => {
  const { ctx } = await heldOver(60);
  const groups = await readHeldGroups(ctx);
  expect(groups.map(({ code, records }) => [code, records])).toEqual([
    ["ENVELOPE_BAD_TIME", 61],
    ["VALUE_UNSEEN_LABEL", 61],
  ]);
  const [first, second] = groups;
  expect(first?.times.map(({ from }) => from)).toEqual(second?.times.map(({ from }) => from));
  for (const { times, records } of groups) {
    expect(times.length).toBeLessThanOrEqual(MOST_TIMES);
    expect(times.reduce((sum, time) => sum + time.records, 0)).toBe(records);
    // Six hours each, next to each other.
    times.slice(1).forEach(({ from }, at) => expect(from).toEqual(times[at]?.to));
  }
  const stretch = first?.times.find(({ records }) => records === 6);
  if (!stretch) throw new Error("No stretch of six hours.");
  const asked = { from: stretch.from.toISOString(), to: stretch.to.toISOString() };
  const inside = await readHeldGroups(ctx, { ...asked, code: "ENVELOPE_BAD_TIME" });
  expect(inside.map(({ code, records }) => [code, records])).toEqual([["ENVELOPE_BAD_TIME", 6]]);
  expect(inside[0]?.times.filter(({ records }) => records > 0).length).toBeGreaterThan(4);
  expect(inside[0]?.times[0]?.from).toEqual(stretch.from);
  const newest = await readQuarantine(ctx, 100, {
    ...asked,
    code: "ENVELOPE_BAD_TIME",
    path: "/occurred_at",
  });
  expect(newest).toHaveLength(6);
});

it("what is decided about a time is decided about that time only", async () => {
  const { ctx, project } = await heldOver(30);
  const group = { kind: "output" as const, code: "VALUE_UNSEEN_LABEL", path: "/output/label" };
  const [found] = await readHeldGroups(ctx, group);
  const stretch = found?.times.find(({ records }) => records > 1);
  if (!stretch) throw new Error("No stretch with records.");
  const times = { from: stretch.from.toISOString(), to: stretch.to.toISOString() };
  const settled = await settleHeld(
    ctx,
    heldParts(ctx),
    { ...group, ...times },
    { kind: "discard", note: "A test of theirs." },
  );
  expect(settled).toMatchObject({ discarded: stretch.records, next: null });
  const where = { projectId: project.id, state: "DISCARDED" as const };
  const gone = await db.quarantine.findMany({ where });
  expect(gone).toHaveLength(stretch.records);
  for (const { receivedAt, firstCode } of gone) {
    expect(firstCode).toBe("VALUE_UNSEEN_LABEL");
    expect(receivedAt >= stretch.from && receivedAt < stretch.to).toBe(true);
  }
  expect(await readHeldGroups(ctx, { ...group, ...times })).toEqual([]);
  expect((await readHeldGroups(ctx, group))[0]?.records).toBe(31 - stretch.records);
});
