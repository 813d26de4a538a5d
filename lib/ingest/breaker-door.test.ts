import { expect, it } from "vitest";
import { breakerWatch } from "@/lib/contract/breaker-watch";
import { countSeen, type SeenCounts } from "@/lib/contract/count-seen";
import { proposeRevision } from "@/lib/contract/propose-revision";
import { publishContract } from "@/lib/contract/publish-contract";
import type { ContractDefinition } from "@/lib/contract/schema";
import { breakersOfIncident, readOpenBreakers } from "@/lib/incident/breaker-queries";
import { decideBreakerIncident } from "@/lib/incident/decide-breaker-incident";
import { readIncident } from "@/lib/incident/incident-detail";
import { listIncidents } from "@/lib/incident/queries";
import { reportBreaker } from "@/lib/incident/report-breaker";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { heldParts } from "./held-parts";
import { settleHeld } from "./settle-held";
import { ledgerTotals, makeRecord, makeSendingProject, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

const labels = (values: string[], origin: "inferred" | "locked" = "inferred"): ContractDefinition => ({
  rules: [
    {
      rule: "labels",
      path: "/output/label",
      values,
      origin,
      support: 400,
      pilot_violations: 0,
      expected_rate: 0,
      rate_at_most: 0.01,
    },
  ],
});

async function projectWithContract() {
  const sending = await makeSendingProject(db, {});
  const person = await makePerson(db, { project: sending.project, role: "MANAGER" });
  const ctx = contextFor(db, sending.project, actorFor(person), new Date());
  const publish = (definition: ContractDefinition, baseVersion: number) =>
    publishContract(ctx, { definition, note: "", baseVersion });
  await publish(labels(["yes", "no"]), 0);
  const where = { projectId: sending.project.id };
  /** What the worker does with the jobs. */
  const work = async () => {
    for (const { id } of await db.contractBreaker.findMany({ where })) {
      await reportBreaker(db, sending.project.id, id);
    }
  };
  const body = (records: number, broken: number) => ({
    batch: Array.from({ length: records }, (_, at) =>
      at % 100 < broken ? makeRecord({ output: { label: "surcharge" } }) : makeRecord(),
    ),
  });
  const incidents = async () => (await listIncidents(ctx, { standing: "all", page: 1 })).incidents;
  return { ...sending, ctx, publish, where, work, body, incidents };
}

it("a label that comes for ever is one incident, not a hundred thousand held records", async () => {
  const { ctx, project, token, where, work, body, incidents, publish } = await projectWithContract();
  const counts = { received: 0, quarantined: 0 };
  // A tenth of the traffic of a day: 87 of 100 records, as in the taxi data.
  for (let request = 0; request < 100; request += 1) {
    const answer = await send(body(request < 40 ? 5 : 200, request === 0 ? 0 : 87), { token });
    expect(answer.status).toBe(202);
    counts.received += Number(answer.body.received);
    counts.quarantined += Number(answer.body.quarantined);
  }
  report(
    `breaker: of ${counts.received} records, 87 of 100 with a new label, ${counts.quarantined} were held back`,
  );
  expect(counts.received).toBe(12_200);
  expect(counts.quarantined).toBeLessThan(400);
  expect(await ledgerTotals(db, project.id)).toMatchObject({ ...counts, refused: 0 });
  await work();
  await work();
  const [only, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ kind: "contract_broken", state: "open", input: { severity: "high" } });
  expect(only?.input?.numbers).toMatchObject([{ label: "/output/label" }]);
  const flagged = await db.output.findFirstOrThrow({
    where: { ...where, flags: { has: "VALUE_UNSEEN_LABEL" } },
  });
  expect(flagged.reasons).toMatchObject([{ code: "VALUE_UNSEEN_LABEL", observed: "surcharge" }]);

  // A contract that fits is proposed, and the breaker says where it stands.
  const proposal = await proposeRevision(ctx, ["VALUE_UNSEEN_LABEL"]);
  expect(proposal?.changes.map(({ after }) => after)).toMatchObject([
    { rule: "labels", values: ["yes", "no", "surcharge"], origin: "edited" },
  ]);
  const [breaker] = await readOpenBreakers(ctx);
  expect(breaker).toMatchObject({
    code: "VALUE_UNSEEN_LABEL",
    held: counts.quarantined,
    incident: only?.id,
    holding: false,
  });
  const id = breaker?.id ?? "";
  const wrong = { decision: "sender" as const, note: "The city stands in the label." };
  expect(await decideBreakerIncident(ctx, id, wrong)).toMatchObject({ sender_fault: wrong.note });
  expect(await decideBreakerIncident(ctx, id, { decision: "hold", note: "" })).toMatchObject({
    holding: true,
  });
  expect((await settleHeld(ctx, heldParts(ctx), {}, { kind: "replay" })).released).toBe(0);
  await decideBreakerIncident(ctx, id, { decision: "accept", note: "" });
  expect(await db.auditEvent.count({ where: { ...where, action: "contract.decide-breaker" } })).toBe(3);

  // What was held back before is judged again, and taken: nothing holds it any more.
  const replayed = await settleHeld(ctx, heldParts(ctx), { code: "VALUE_UNSEEN_LABEL" }, { kind: "replay" });
  expect(replayed).toMatchObject({ held: 0, released: Math.min(100, counts.quarantined) });

  // The new label becomes part of the contract: the breaker is over, and so is the incident.
  await publish(labels(["yes", "no", "surcharge"]), 1);
  await work();
  expect(await db.contractBreaker.findMany({ where })).toMatchObject([{ closedHow: "published" }]);
  expect(await readIncident(ctx, only?.id ?? "")).toMatchObject({
    state: "resolved",
    events: [
      { kind: "opened" },
      { kind: "noted" },
      { kind: "noted" },
      { kind: "noted" },
      { kind: "resolved", by: null, details: { reason: "published" } },
    ],
  });
  await expect(decideBreakerIncident(ctx, id, wrong)).rejects.toMatchObject({ code: "CONFLICT" });
  const answer = await send(body(500, 87), { token });
  expect(answer.body).toMatchObject({ received: 500, quarantined: 0, flagged: 0 });
});

it("a body of five thousand is judged as a whole: nothing of it is held back", async () => {
  const { token, body, where } = await projectWithContract();
  const answer = await send(body(5_000, 90), { token });
  expect(answer.body).toMatchObject({ received: 5_000, quarantined: 0, flagged: 4_500 });
  expect(await db.contractBreaker.count({ where })).toBe(1);
});

it("what breaks a rule now and then is held back as ever, and asking counts nothing", async () => {
  const { token, body, where } = await projectWithContract();
  expect((await send(body(1_000, 15), { token })).body).toMatchObject({ quarantined: 150 });
  const asked = await send(body(1_000, 100), { token, path: "/api/v1/check" });
  expect(asked.body).toMatchObject({ quarantined: 1_000 });
  expect((await send(body(1_000, 15), { token })).body).toMatchObject({ quarantined: 150 });
  expect(await db.contractBreaker.count({ where })).toBe(0);
});

it("ends by itself when the share falls back, and from then on holds back again", async () => {
  const { project, where, work, incidents } = await projectWithContract();
  const clock = { ms: 0 };
  const watch = breakerWatch(db, () => clock.ms);
  const see = async (atMinute: number, records: number, hits: number) => {
    const seen: SeenCounts = new Map();
    const found = [{ code: "VALUE_UNSEEN_LABEL" as const, path: "/output/label" }];
    for (let each = 0; each < records; each += 1) {
      countSeen(seen, Date.UTC(2026, 2, 1, 8, atMinute), each < hits ? found : []);
    }
    clock.ms += 60_000;
    return [...(await watch.see(project.id, { version: 1, expected: new Map() }, seen))];
  };
  for (let minute = 0; minute < 20; minute += 1) expect(await see(minute, 30, 1)).toEqual([]);
  let tripped = 20;
  while ((await see(tripped, 30, 25)).length === 0) tripped += 1;
  expect(tripped).toBeLessThan(24);
  await work();
  expect(await incidents()).toMatchObject([{ input: { since: "2026-03-01T08:20:00.000Z" } }]);
  let ended = tripped + 1;
  while ((await see(ended, 30, 1)).length > 0) ended += 1;
  expect(ended - tripped).toBeLessThanOrEqual(10);
  await work();
  expect(await db.contractBreaker.findMany({ where })).toMatchObject([{ closedHow: "fell_back" }]);
  expect(await incidents()).toMatchObject([{ state: "resolved" }]);
});

type Broken = (at: number) => readonly ("TYPE_MISMATCH" | "FIELD_EMPTY" | "VALUE_UNSEEN_LABEL")[];

/** Thirty records a minute through one server, each with the codes that it breaks. */
async function minutesOf(minutes: readonly Broken[]) {
  const { project, where, work, incidents, ctx } = await projectWithContract();
  const clock = { ms: 0 };
  const watch = breakerWatch(db, () => clock.ms);
  for (const [minute, broken] of minutes.entries()) {
    const seen: SeenCounts = new Map();
    for (let at = 0; at < 30; at += 1) {
      const found = broken(at).map((code) => ({ code, path: `/input/${code.toLowerCase()}` }));
      countSeen(seen, Date.UTC(2026, 2, 1, 8, minute), found);
    }
    clock.ms += 60_000;
    await watch.see(project.id, { version: 1, expected: new Map() }, seen);
    // The worker is as quick as it can be: each code is reported by itself.
    await work();
  }
  return { where, incidents, ctx, work };
}

const repeated = (times: number, broken: Broken) => Array.from({ length: times }, () => broken);

it("one change that breaks three rules is one incident with all three, however late each shows", async () => {
  // A new version of the sender: a third of the records break two rules, and three quarters of those a third one.
  const change: Broken = (at) => [
    ...(at % 3 === 0 ? (["TYPE_MISMATCH", "FIELD_EMPTY"] as const) : []),
    ...(at % 12 < 9 && at % 3 === 0 ? (["VALUE_UNSEEN_LABEL"] as const) : []),
  ];
  const { where, incidents, ctx, work } = await minutesOf([
    ...repeated(20, () => []),
    ...repeated(15, change),
  ]);
  const breakers = await db.contractBreaker.findMany({ where, orderBy: { openedAt: "asc" } });
  expect(breakers.map(({ code }) => code).toSorted()).toEqual([
    "FIELD_EMPTY",
    "TYPE_MISMATCH",
    "VALUE_UNSEEN_LABEL",
  ]);
  expect(new Set(breakers.map(({ episodeId }) => episodeId)).size).toBe(1);
  const [only, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(only?.input?.finding).toMatch(/^One change breaks 3 rules at once/);
  expect(only?.input?.numbers.map(({ label }) => label.split(":")[0]).toSorted()).toEqual([
    "/input/field_empty",
    "/input/type_mismatch",
    "/input/value_unseen_label",
  ]);
  report(`episode: ${only?.input?.finding}`);
  const shown = await readOpenBreakers(ctx);
  expect(shown.map(({ incident }) => incident)).toEqual([only?.id, only?.id, only?.id]);
  const later = (await readIncident(ctx, only?.id ?? ""))?.events.filter(({ kind }) => kind === "noted");
  expect(later?.length).toBeGreaterThan(0);
  const subject = (await db.incident.findFirstOrThrow({ where })).subject;
  expect((await breakersOfIncident(ctx, subject)).map(({ code }) => code)[0]).toBe(subject.split(" ")[0]);

  // It is over when the last of them is.
  for (const [at, { id }] of shown.entries()) {
    await db.contractBreaker.update({
      where: { projectId_id: { ...where, id } },
      data: { closedAt: new Date(), closedHow: "fell_back" },
    });
    await work();
    expect(await incidents()).toMatchObject([{ state: at === 2 ? "resolved" : "open" }]);
  }
});

it("two changes are two incidents: at another time, or in other records", async () => {
  const later = await minutesOf([
    ...repeated(5, () => []),
    ...repeated(25, () => ["TYPE_MISMATCH"]),
    ...repeated(12, () => ["TYPE_MISMATCH", "FIELD_EMPTY"]),
  ]);
  expect((await later.incidents()).length).toBe(2);
  const apart = await minutesOf([
    ...repeated(20, () => []),
    ...repeated(15, (at) => (at % 2 === 0 ? ["TYPE_MISMATCH"] : ["FIELD_EMPTY"])),
  ]);
  expect((await apart.incidents()).length).toBe(2);
});

it("several servers see the same: one breaker, and one that is killed loses a second of counts at most", async () => {
  const { project, where, incidents, work } = await projectWithContract();
  const clock = { ms: 0 };
  const servers = Array.from({ length: 4 }, () => breakerWatch(db, () => clock.ms));
  const contract = { version: 1, expected: new Map<string, number>() };
  const burst = (records: number): SeenCounts => {
    const seen: SeenCounts = new Map();
    for (let each = 0; each < records; each += 1) {
      countSeen(seen, Date.now(), [{ code: "TYPE_MISMATCH", path: "/input/x" }]);
    }
    return seen;
  };
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(servers.map((server) => server.see(project.id, contract, burst(60))));
    // One of them dies with records that it has counted, and not written.
    if (round === 0) await servers.splice(1, 1)[0]?.see(project.id, contract, burst(40));
    clock.ms += 10_000;
  }
  expect(await db.contractBreaker.count({ where })).toBe(1);
  for (const server of servers) {
    expect([...(await server.see(project.id, contract, burst(60)))]).toEqual(["TYPE_MISMATCH"]);
  }
  expect([...(await breakerWatch(db).suspended(project.id, contract))]).toEqual(["TYPE_MISMATCH"]);
  const [row] = await db.$queryRaw<[{ records: number }]>`
    SELECT sum(records)::int AS records FROM contract_count
    WHERE project_id = ${project.id}::uuid AND code = '' AND path = ''`;
  const written = (4 + 3 * 3 + 3) * 60;
  expect(row.records).toBeGreaterThanOrEqual(written);
  expect(row.records).toBeLessThanOrEqual(written + 40);
  await Promise.all([work(), work(), work()]);
  expect(await incidents()).toHaveLength(1);
});

it("a person insists: records are held back in spite of an open breaker", async () => {
  const { project, token, where, body } = await projectWithContract();
  await send(body(1_000, 90), { token });
  await db.contractBreaker.updateMany({ where, data: { holding: true } });
  const contract = { version: 1, expected: new Map<string, number>() };
  expect(await breakerWatch(db).suspended(project.id, contract)).toEqual(new Set());
});

it("keys that a sender makes up never fill the counts: two hundred places a minute are counted apart", async () => {
  const { project } = await projectWithContract();
  const clock = { ms: 0 };
  const watch = breakerWatch(db, () => clock.ms);
  const minute = Date.UTC(2026, 2, 1, 8, 0);
  for (let second = 0; second < 30; second += 1) {
    const seen: SeenCounts = new Map();
    for (let each = 0; each < 100; each += 1) {
      countSeen(seen, minute, [{ code: "NUL_CHARACTER", path: `/input/made-up-${second}-${each}` }]);
    }
    clock.ms += 10_000;
    await watch.see(project.id, { version: 1, expected: new Map() }, seen);
  }
  const rows = await db.$queryRaw<{ path: boolean; rows: number; records: number }[]>`
    SELECT path <> '' AS path, count(*)::int AS rows, sum(records)::int AS records FROM contract_count
    WHERE project_id = ${project.id}::uuid AND code <> '' GROUP BY 1 ORDER BY 1`;
  expect(rows).toEqual([
    { path: false, rows: 1, records: 3_000 },
    { path: true, rows: 200, records: 200 },
  ]);
});
