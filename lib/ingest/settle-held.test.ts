import { expect, it } from "vitest";
import { publishContract } from "@/lib/contract/publish-contract";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { readHeldGroups, readSettledCounts } from "./held-groups";
import { heldParts } from "./held-parts";
import { settleHeld } from "./settle-held";
import { soundRecord } from "./testing/mutate-record";
import { ledgerTotals, makeSendingProject, serveDoors } from "./testing/open-ingest";
import { contractWithRefuse, soundContract } from "./testing/sound-contract";

const { db } = await testDatabase();
const send = await serveDoors();

const HELD = 150;

async function projectWithHeld() {
  const sending = await makeSendingProject(db, {});
  const person = await makePerson(db, { project: sending.project, role: "MANAGER" });
  const ctx = contextFor(db, sending.project, actorFor(person), new Date());
  await publishContract(ctx, { definition: soundContract, note: "", baseVersion: 0 });
  const draw = seededRandom(8);
  const records = Array.from({ length: HELD }, (_, at) => ({
    ...soundRecord(`h${at}`, draw),
    output: { label: "refuse", score: 0.5 },
  }));
  await send(
    { batch: [...records, soundRecord("sound", draw), { id: "no time" }] },
    { token: sending.token },
  );
  expect(await ledgerTotals(db, sending.project.id)).toMatchObject({
    received: HELD + 2,
    accepted: 1,
    quarantined: HELD + 1,
  });
  return { ...sending, ctx, records, parts: heldParts(ctx) };
}

const group = { code: "VALUE_UNSEEN_LABEL", path: "/output/label" };

/** All calls that one press on the page makes. */
async function settleAll(
  { ctx, parts }: Awaited<ReturnType<typeof projectWithHeld>>,
  deed: Parameters<typeof settleHeld>[3],
  filter: Parameters<typeof settleHeld>[2] = group,
) {
  const sum = { released: 0, held: 0, discarded: 0 };
  let after: string | null = null;
  do {
    const settled: Awaited<ReturnType<typeof settleHeld>> = await settleHeld(
      ctx,
      parts,
      after === null ? filter : { ...filter, after },
      deed,
    );
    sum.released += settled.released;
    sum.held += settled.held;
    sum.discarded += settled.discarded;
    after = settled.next;
  } while (after !== null);
  return sum;
}

/** All that a record leaves behind, but for what is drawn at random. */
async function storedRecords(projectId: string) {
  return db.$queryRaw`
    SELECT external_id, occurred_at, input::text, output::text, segments::text, extra::text, confidence, flags, contract_version, reasons::text,
      encode(content_hash, 'hex') AS hash
    FROM output WHERE project_id = ${projectId}::uuid AND external_id LIKE 'h%' ORDER BY external_id`;
}

it("what is replayed after the contract was mended is as if it had just come", {
  timeout: 60_000,
}, async () => {
  const held = await projectWithHeld();
  const { ctx, project } = held;
  expect(await settleAll(held, { kind: "replay" })).toEqual({ released: 0, held: HELD, discarded: 0 });
  await publishContract(ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  const arrived = await db.quarantine.findFirstOrThrow({
    where: { projectId: project.id, externalId: "h0" },
  });
  expect(await settleAll(held, { kind: "replay" })).toEqual({ released: HELD, held: 0, discarded: 0 });
  expect(await settleAll(held, { kind: "replay" })).toEqual({ released: 0, held: 0, discarded: 0 });
  expect(await ledgerTotals(db, project.id)).toMatchObject({
    received: HELD + 2,
    accepted: HELD + 1,
    flagged: 0,
    quarantined: 1,
  });
  const direct = await projectWithHeld();
  await publishContract(direct.ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  await send({ batch: held.records }, { token: direct.token });
  expect(await storedRecords(project.id)).toEqual(await storedRecords(direct.project.id));
  const output = await db.output.findFirstOrThrow({ where: { projectId: project.id, externalId: "h0" } });
  expect(output.receivedAt).toEqual(arrived.receivedAt);
  const [counted] = await db.$queryRaw<[{ outputs: number }]>`
    SELECT sum(outputs)::int AS outputs FROM population_delta WHERE project_id = ${project.id}::uuid AND attribute = ''`;
  expect(counted.outputs).toBe(HELD + 1);
});

it("two who replay at once take each record once", { timeout: 60_000 }, async () => {
  const held = await projectWithHeld();
  const { ctx, project } = held;
  await publishContract(ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  const both = await Promise.all([settleAll(held, { kind: "replay" }), settleAll(held, { kind: "replay" })]);
  const rest = await settleAll(held, { kind: "replay" });
  expect([...both, rest].reduce((sum, { released }) => sum + released, 0)).toBe(HELD);
  expect(await db.output.count({ where: { projectId: project.id } })).toBe(HELD + 1);
  expect((await ledgerTotals(db, project.id)).received).toBe(HELD + 2);
});

it("what fails in the middle leaves everything as it was", async () => {
  const held = await projectWithHeld();
  const { ctx, project, parts } = held;
  await publishContract(ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  const broken = { ...parts, openFrame: () => Promise.reject(new Error("gone")) };
  await expect(settleHeld(ctx, broken, group, { kind: "replay" })).rejects.toThrow("gone");
  expect(await db.output.count({ where: { projectId: project.id } })).toBe(1);
  expect(await db.quarantine.count({ where: { projectId: project.id, state: "HELD" } })).toBe(HELD + 1);
  expect(await settleAll(held, { kind: "replay" })).toMatchObject({ released: HELD });
});

it("accepted once is flagged with why it was held; what cannot be read stays; both leave their note", async () => {
  const held = await projectWithHeld();
  const { ctx, project } = held;
  expect(await settleAll(held, { kind: "accept", note: "A test of the label." }, {})).toEqual({
    released: HELD,
    held: 1,
    discarded: 0,
  });
  expect(
    await db.output.count({ where: { projectId: project.id, flags: { has: "VALUE_UNSEEN_LABEL" } } }),
  ).toBe(HELD);
  expect(await readHeldGroups(ctx)).toMatchObject([{ code: "ENVELOPE_BAD_TIME", records: 1, versions: [] }]);
  expect(await settleAll(held, { kind: "discard", note: "No use." }, {})).toMatchObject({ discarded: 1 });
  await expect(settleAll(held, { kind: "discard", note: " " }, {})).rejects.toThrow("Say why");
  expect(await readSettledCounts(ctx)).toEqual({ replayed: 0, accepted: HELD, discarded: 1 });
  const discarded = await db.quarantine.findFirstOrThrow({
    where: { projectId: project.id, state: "DISCARDED" },
  });
  expect(discarded).toMatchObject({ settledNote: "No use.", settledHow: "discarded" });
  expect(Buffer.from(discarded.raw).toString("utf8")).toBe('{"id":"no time"}');
  const actions = await db.auditEvent.findMany({
    where: { projectId: project.id, objectKind: "quarantine" },
    orderBy: { seq: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual([
    "quarantine.accept",
    "quarantine.accept",
    "quarantine.discard",
  ]);
  // Settled once: nothing changes it any more.
  const undo = db.quarantine.updateMany({ where: { projectId: project.id }, data: { state: "HELD" } });
  await expect(undo).rejects.toThrow(/settled once/);
});
