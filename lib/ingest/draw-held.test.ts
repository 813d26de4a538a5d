import { expect, it } from "vitest";
import { publishContract } from "@/lib/contract/publish-contract";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { verifyEstimates } from "@/lib/estimate/verify-estimates";
import { forgetFrames } from "@/lib/sampling/sampling-frame";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample } from "@/lib/testing/judge-samples";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { drawHeld } from "./draw-held";
import { heldParts } from "./held-parts";
import { noteRepeats } from "./note-repeats";
import { readLedgerTotals } from "./queries";
import { settleHeld } from "./settle-held";
import { soundRecord } from "./testing/mutate-record";
import { makeSendingProject, serveDoors } from "./testing/open-ingest";
import { contractWithRefuse, soundContract } from "./testing/sound-contract";

const { db } = await testDatabase();
const send = await serveDoors();

/** Everything is drawn at the rate given, so that nothing depends on the random secret. */
async function projectWithHeld(held: number, rate = 1) {
  const sending = await makeSendingProject(db, {
    plan: { reviewsPerWeek: 1_000_000, expectedPerDay: 10 },
  });
  const { project, token } = sending;
  const person = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(person), new Date());
  await publishContract(ctx, { definition: soundContract, note: "", baseVersion: 0 });
  const draw = seededRandom(8);
  const refused = Array.from({ length: held }, (_, at) => ({
    ...soundRecord(`h${at}`, draw),
    output: { label: "refuse", score: 0.5 },
  }));
  const sound = Array.from({ length: 5 }, (_, at) => soundRecord(`s${at}`, draw));
  await send({ batch: [...refused, ...sound] }, { token });
  await db.stratumEpoch.updateMany({ where: { projectId: project.id }, data: { rate, effectiveRate: 0 } });
  forgetFrames(project.id);
  return { ...sending, ctx, refused, parts: heldParts(ctx) };
}

type Held = Awaited<ReturnType<typeof projectWithHeld>>;

const stateOf = ({ project }: Held, phase: "HELD" | "PRODUCTION") =>
  db.output.findMany({
    where: { projectId: project.id, phase },
    include: { sample: true, slots: true },
    orderBy: { externalId: "asc" },
  });

async function refresh({ project }: Held) {
  await foldCounts(db, project.id);
  await refreshEstimate(db, project.id);
}

/** Cells of the whole stream as stored and as counted again from raw rows. */
async function populations({ project }: Held) {
  const cells = await db.estimateCell.findMany({
    where: { projectId: project.id, periodKind: "MONTH", attribute: "" },
  });
  const stored = new Map<string, number>();
  for (const { phase, population } of cells) stored.set(phase, (stored.get(phase) ?? 0) + population);
  return Object.fromEntries(stored);
}

it("draws what can be judged as a stratum of its own, and says of the rest why not", async () => {
  const held = await projectWithHeld(6);
  const { ctx, project, parts, token } = held;
  const [first] = held.refused;
  await send(
    [
      '{"id":"cut',
      '{"id":"no output","occurred_at":"2026-01-01T00:00:00Z","input":1}',
      '{"occurred_at":"yesterday","input":{"a":1},"output":{"label":"x"},"segments":7}',
      JSON.stringify({ ...first, occurred_at: "2026-01-01T00:00:00Z" }),
      JSON.stringify({ ...first, id: "of the pilot", phase: "pilot", occurred_at: "never" }),
    ].join("\n"),
    { token, type: "application/x-ndjson" },
  );
  const looked = await Promise.all([drawHeld(ctx, parts), drawHeld(ctx, parts)]);
  expect(looked[0] + looked[1]).toBe(11);
  expect(await drawHeld(ctx, parts)).toBe(0);
  const counted = await db.quarantine.groupBy({
    by: ["countedAs"],
    where: { projectId: project.id },
    _count: true,
    orderBy: { countedAs: "asc" },
  });
  expect(counted.map(({ countedAs, _count }) => [countedAs, _count])).toEqual([
    ["pilot", 1],
    ["resent", 1],
    ["stratum", 7],
    ["unreadable", 2],
  ]);
  const outputs = await stateOf(held, "HELD");
  const sent = new Set(outputs.map(({ sentId }) => sentId));
  expect(sent).toEqual(new Set(["h0", "h1", "h2", "h3", "h4", "h5", null]));
  expect(outputs.every(({ sample, slots }) => sample !== null && slots.length > 0)).toBe(true);
  const strata = await db.stratum.findMany({ where: { projectId: project.id, phase: "HELD" } });
  expect(strata).toMatchObject([{ attribute: "", value: "", flagged: false }]);
  await refresh(held);
  expect(await populations(held)).toEqual({ HELD: 7, PRODUCTION: 5 });
  expect(await readLedgerTotals(ctx)).toMatchObject({ accepted: 5, counted: 5, addsUp: true });
  expect(await db.uncountedOutput.findMany({ where: { projectId: project.id } })).toMatchObject([
    { outputIds: { length: 5 } },
  ]);
});

it("a released record takes its review along and counts once; again changes nothing", async () => {
  const held = await projectWithHeld(8);
  const { ctx, project, parts } = held;
  await drawHeld(ctx, parts);
  const before = await stateOf(held, "HELD");
  for (const { sample } of before.slice(0, 3)) if (sample) await judgeSample(db, sample, 0);
  await refresh(held);
  await publishContract(ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  expect(await settleHeld(ctx, parts, {}, { kind: "replay" })).toMatchObject({ released: 8 });
  expect(await settleHeld(ctx, parts, {}, { kind: "replay" })).toMatchObject({ released: 0 });
  await drawHeld(ctx, parts);
  expect(await stateOf(held, "HELD")).toEqual([]);
  const after = (await stateOf(held, "PRODUCTION")).filter(({ externalId }) => externalId.startsWith("h"));
  expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
  expect(after.filter(({ sample }) => sample?.state === "SETTLED")).toHaveLength(3);
  const looks = (outputs: typeof after) =>
    outputs.flatMap(({ slots }) => slots.map(({ id }) => id)).toSorted();
  expect(looks(after)).toEqual(looks(before));
  expect(after.every(({ sample, stratumId }) => sample?.stratumId === stratumId)).toBe(true);
  await refresh(held);
  expect(await populations(held)).toEqual({ PRODUCTION: 13 });
  expect(await verifyEstimates(db, project.id)).toMatchObject({ differences: [], pending: 0 });
  expect(await readLedgerTotals(ctx)).toMatchObject({ accepted: 13, quarantined: 0, addsUp: true });
  for (const { sample } of await stateOf(held, "PRODUCTION"))
    if (sample?.state === "QUEUED") await judgeSample(db, sample, 1);
  await refresh(held);
  const [row] = await db.$queryRaw<[{ outputs: number; mean: number }]>`
    SELECT sum(outputs)::int AS outputs, sum(sum_weight_score) / sum(sum_weight) AS mean FROM estimate_cell
    WHERE project_id = ${project.id}::uuid AND period_kind = 'MONTH' AND attribute = ''`;
  expect(row.outputs).toBe(13);
  expect(row.mean).toBeCloseTo(10 / 13, 9);
});

it("a record that was sent again in a better form counts there, and one that was discarded still counts", async () => {
  const held = await projectWithHeld(4);
  const { ctx, project, parts, token, refused } = held;
  await drawHeld(ctx, parts);
  const [judged] = (await stateOf(held, "HELD")).filter(({ sentId }) => sentId === "h0");
  if (judged?.sample) await judgeSample(db, judged.sample, 1);
  await send({ batch: [{ ...refused[0], output: { label: "accept", score: 0.5 } }] }, { token });
  expect(await settleHeld(ctx, parts, {}, { kind: "accept", note: "Once." })).toMatchObject({ released: 4 });
  await refresh(held);
  // Four held, of which one had been sent again: 5 sound ones, that one, and the other three.
  expect(await populations(held)).toEqual({ PRODUCTION: 9 });
  const rest = await stateOf(held, "HELD");
  expect(rest).toMatchObject([
    { sentId: "h0", randomNumber: 1, sample: { state: "SETTLED", randomNumber: 1 } },
  ]);
  expect(await db.outputConflict.count({ where: { projectId: project.id } })).toBe(1);

  const other = await projectWithHeld(3);
  await settleHeld(other.ctx, other.parts, {}, { kind: "discard", note: "A test." });
  await drawHeld(other.ctx, other.parts);
  await refresh(other);
  expect(await populations(other)).toEqual({ HELD: 3, PRODUCTION: 5 });
});

it("settling what was sent again, while somebody looks for that, waits and never dies", async () => {
  const held = await projectWithHeld(6);
  const { ctx, parts, token, refused } = held;
  await drawHeld(ctx, parts);
  for (const { sample } of await stateOf(held, "HELD")) if (sample) await judgeSample(db, sample, 1);
  const better = refused
    .slice(0, 3)
    .map((record) => ({ ...record, output: { label: "accept", score: 0.5 } }));
  await send({ batch: better }, { token });
  // The held records are locked; whoever takes what was sent again out of quarantine comes in between, as far as it gets.
  const noting: Promise<number>[] = [];
  const between = async () => {
    noting.push(noteRepeats(ctx, parts));
    for (let waiting = 0; waiting === 0; ) {
      const [row] = await db.$queryRaw<[{ waiting: number }]>`
        SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      waiting = row.waiting;
    }
  };
  const settled = await settleHeld(
    ctx,
    { ...parts, flagUnusual: between },
    {},
    { kind: "accept", note: "Once." },
  );
  expect(settled).toMatchObject({ released: 6 });
  await Promise.all(noting);
  await refresh(held);
  expect(await populations(held)).toEqual({ PRODUCTION: 11 });
  expect(await readLedgerTotals(ctx)).toMatchObject({ addsUp: true });
});

it("what was sent stays as it is, wherever it is counted", async () => {
  const held = await projectWithHeld(1);
  await drawHeld(held.ctx, held.parts);
  const where = { projectId: held.project.id };
  for (const data of [{ output: {} }, { day: new Date(0) }, { sourceProbability: 0.5 }])
    await expect(db.output.updateMany({ where, data })).rejects.toThrow(/keeps what was sent/);
  const taken = { ...where, phase: "PRODUCTION" as const };
  for (const data of [
    { externalId: "x" },
    { phase: "HELD" as const },
    { flags: [] as string[], sentId: "y" },
  ])
    await expect(db.output.updateMany({ where: taken, data })).rejects.toThrow(/keeps what was sent/);
  await expect(db.output.deleteMany({ where })).rejects.toThrow(/append-only/);
});
