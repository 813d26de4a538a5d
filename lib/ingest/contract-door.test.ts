import { expect, it } from "vitest";
import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import { publishContract } from "@/lib/contract/publish-contract";
import { contractVersions } from "@/lib/contract/queries";
import type { ContractDefinition } from "@/lib/contract/schema";
import type { KeyedFacts, RecordFacts } from "@/lib/contract/record-facts";
import { REASONS } from "@/lib/quarantine/reason";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { MUTATORS, mutatedLine, soundRecord } from "./testing/mutate-record";
import { ledgerTotals, makeSendingProject, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

/** A contract from 400 sound records; nothing of it is a person's. */
function soundContract(): ContractDefinition {
  const random = seededRandom(4);
  const pilot = Array.from({ length: 400 }, (_, at): KeyedFacts => {
    const record = soundRecord(`p${at}`, random) as unknown as RecordFacts;
    return { key: `p${at}`, facts: { input: record.input, output: record.output } };
  });
  return inferContract(profileOf(pilot), pilot);
}

async function projectWithContract() {
  const sending = await makeSendingProject(db, {});
  const person = await makePerson(db, { project: sending.project, role: "MANAGER" });
  const ctx = contextFor(db, sending.project, actorFor(person), new Date());
  const published = await publishContract(ctx, { definition: soundContract(), note: "", baseVersion: 0 });
  return { ...sending, ctx, published };
}

it("judges what is sent: accepted, flagged with reasons, or held back with its bytes", async () => {
  const { project, token } = await projectWithContract();
  const random = seededRandom(9);
  const [sound, flagged, held, pilot] = ["a", "b", "c", "d"].map((id) => soundRecord(id, random));
  if (!sound || !flagged || !held || !pilot) throw new Error("Four records.");
  (flagged.input as Record<string, unknown>).customer = "zoe";
  held.output = { label: "refuse", score: 0.2 };
  pilot.output = held.output;
  pilot.phase = "pilot";
  const answer = await send({ batch: [sound, flagged, held, pilot] }, { token });
  expect(answer.body).toMatchObject({ received: 4, accepted: 2, flagged: 1, quarantined: 1 });
  expect(answer.body.results).toMatchObject([
    {
      index: 1,
      status: "flagged",
      reasons: [{ code: "VALUE_UNSEEN_CATEGORY", path: "/input/customer", observed: "zoe", rule: "values" }],
    },
    { index: 2, status: "quarantined", reasons: [{ code: "VALUE_UNSEEN_LABEL", path: "/output/label" }] },
  ]);
  const outputs = await db.output.findMany({
    where: { projectId: project.id },
    orderBy: { externalId: "asc" },
  });
  expect(
    outputs.map(({ externalId, flags, contractVersion }) => [externalId, flags, contractVersion]),
  ).toEqual([
    ["a", [], 1],
    ["b", ["VALUE_UNSEEN_CATEGORY"], 1],
    ["d", [], null],
  ]);
  expect(outputs[1]?.reasons).toMatchObject([{ code: "VALUE_UNSEEN_CATEGORY", observed: "zoe" }]);
  const kept = await db.quarantine.findFirstOrThrow({ where: { projectId: project.id } });
  expect(kept).toMatchObject({
    externalId: "c",
    firstCode: "VALUE_UNSEEN_LABEL",
    contractVersion: 1,
    state: "HELD",
  });
  expect(JSON.parse(Buffer.from(kept.raw).toString("utf8"))).toEqual(held);
  // Flagged outputs have a stratum of their own, in which more are drawn.
  expect(new Set(outputs.map(({ stratumId }) => stratumId)).size).toBe(3);
});

it("with strict handling, a request of which the contract keeps nothing is refused whole", async () => {
  const { project, token } = await projectWithContract();
  const held = { ...soundRecord("x", seededRandom(1)), output: { label: "refuse", score: 0.2 } };
  const answer = await send(held, { token, headers: { prefer: "handling=strict" } });
  expect(answer.status).toBe(422);
  expect(await db.quarantine.count({ where: { projectId: project.id } })).toBe(0);
});

it("versions are kept, and of two who publish from one base the second is told", async () => {
  const { ctx, project, published, token } = await projectWithContract();
  const looser = { rules: published.definition.rules.filter(({ rule }) => rule !== "labels") };
  const both = await Promise.allSettled(
    ["one", "two"].map((note) => publishContract(ctx, { definition: looser, note, baseVersion: 1 })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await contractVersions(ctx)).map(({ version, basedOn }) => [version, basedOn])).toEqual([
    [2, 1],
    [1, null],
  ]);
  await expect(
    db.contract.updateMany({ where: { projectId: project.id }, data: { note: "x" } }),
  ).rejects.toThrow(/append-only/);
  const audited = await db.auditEvent.findMany({
    where: { projectId: project.id, action: "contract.publish" },
  });
  expect(audited.map(({ details }) => details)).toContainEqual(
    expect.objectContaining({ version: 2, removed: ["labels /output/label"] }),
  );
  const free = { ...soundRecord("y", seededRandom(1)), output: { label: "refuse", score: 0.2 } };
  expect((await send(free, { token })).body).toMatchObject({ quarantined: 0, received: 1 });
  expect(await db.output.findFirstOrThrow({ where: { projectId: project.id } })).toMatchObject({
    contractVersion: 2,
  });
});

it("checks without storing anything, also before there is an output", async () => {
  const { project, token } = await projectWithContract();
  const { input } = soundRecord("x", seededRandom(2));
  const strange = { ...(input as object), customer: "zoe" };
  const path = "/api/v1/check";
  const answer = await send(
    [{ input }, { id: "s", input: strange }, { input, output: { label: "refuse", score: 1 } }, { output: 1 }],
    { token, path },
  );
  expect(answer).toMatchObject({
    status: 200,
    body: { received: 4, accepted: 1, flagged: 1, quarantined: 2 },
  });
  expect(answer.body.results).toMatchObject([
    { index: 0, id: null, status: "accepted", contract_version: 1, reasons: [] },
    { index: 1, id: "s", status: "flagged", reasons: [{ code: "VALUE_UNSEEN_CATEGORY" }] },
    { index: 2, status: "quarantined", contract_version: 1, reasons: [{ code: "VALUE_UNSEEN_LABEL" }] },
    {
      index: 3,
      status: "quarantined",
      contract_version: null,
      reasons: [{ code: "FIELD_MISSING_REQUIRED", path: "/input" }],
    },
  ]);
  expect(await db.output.count({ where: { projectId: project.id } })).toBe(0);
  expect((await ledgerTotals(db, project.id)).received).toBe(0);
});

/** 20 × 60 × 10 records here, 200 × 60 × 10 in the long run. */
const SEEDS = process.env.ASSAY_SOAK ? 200 : 20;
const EACH = 10;

it("mutated records: accepted and held back are all that was sent, each with a listed reason and equal bytes", {
  timeout: 900_000,
}, async () => {
  expect(MUTATORS).toBe(60);
  const { project, token } = await projectWithContract();
  const sentIds = new Map<string, Buffer>();
  const counts = { sent: 0, accepted: 0, flagged: 0, quarantined: 0, heldEqual: 0, checkedEqual: 0 };
  const codes = new Set<string>();
  const started = performance.now();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const lines: Buffer[] = [];
    for (let mutator = 0; mutator < MUTATORS; mutator += 1) {
      for (let each = 0; each < EACH; each += 1) {
        const id = `m-${seed}-${mutator}-${each}`;
        const line = mutatedLine(id, mutator, 1 + seed * 7919 + mutator * 104_729 + each);
        lines.push(line);
        sentIds.set(id, line);
      }
    }
    const body = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
    const answer = await send(body, { token, type: "application/x-ndjson" });
    expect(answer.status).toBe(202);
    const { received, accepted, flagged, quarantined, duplicates, conflicts } = answer.body as Record<
      string,
      number
    >;
    expect(received).toBe(lines.length);
    expect((accepted ?? 0) + (flagged ?? 0) + (quarantined ?? 0)).toBe(lines.length);
    expect([duplicates, conflicts]).toEqual([0, 0]);
    counts.sent += lines.length;
    counts.accepted += accepted ?? 0;
    counts.flagged += flagged ?? 0;
    counts.quarantined += quarantined ?? 0;
    const lineOf = new Map(
      (answer.body.results ?? []).flatMap(({ status, quarantine_id, index }) =>
        status === "quarantined" ? [[String(quarantine_id), lines[Number(index)]]] : [],
      ),
    );
    const held = await db.quarantine.findMany({
      where: { projectId: project.id, id: { in: [...lineOf.keys()] } },
      select: { id: true, raw: true, reasons: true },
    });
    expect(held.length).toBe(quarantined);
    for (const { id, raw, reasons } of held) {
      const found = (reasons as { code: string }[]).map(({ code }) => code);
      expect(found.length).toBeGreaterThan(0);
      for (const code of found) codes.add(code);
      expect(Buffer.from(raw).equals(lineOf.get(id) ?? Buffer.alloc(0))).toBe(true);
      counts.heldEqual += 1;
    }
    const stored = await db.$queryRaw<{ id: string; input: string; output: string }[]>`
      SELECT external_id AS id, input::text, output::text FROM output
      WHERE project_id = ${project.id}::uuid AND external_id LIKE ${`m-${seed}-%`}`;
    // An edit may fall into an id, which then is another.
    for (const { id, input, output } of stored.filter((each) => sentIds.has(each.id))) {
      const given = JSON.parse(
        sentIds
          .get(id)
          ?.toString("utf8")
          .replace(/^\ufeff/, "") ?? "null",
      );
      expect([JSON.parse(input), JSON.parse(output)]).toEqual([given.input, given.output]);
      counts.checkedEqual += 1;
    }
    sentIds.clear();
    expect(await db.output.count({ where: { projectId: project.id } })).toBe(
      counts.accepted + counts.flagged,
    );
  }
  expect(await ledgerTotals(db, project.id)).toMatchObject({
    received: counts.sent,
    accepted: counts.accepted,
    flagged: counts.flagged,
    quarantined: counts.quarantined,
    refused: 0,
  });
  expect(counts.heldEqual).toBe(counts.quarantined);
  expect([...codes].filter((code) => !Object.hasOwn(REASONS, code))).toEqual([]);
  const seconds = (performance.now() - started) / 1000;
  report(
    `mutated records: ${JSON.stringify(counts)}, ${codes.size} codes among those held back, ${seconds.toFixed(0)} s`,
  );
  expect(codes.size).toBeGreaterThan(10);
});
