import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import type { PrismaClient } from "@/lib/db/generated/client";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { claimSlot } from "./claim-slot";
import { decideSample } from "./decide-sample";
import { extendLeases } from "./extend-lease";
import { releaseLeases } from "./release-lease";
import { type StoredReview, type Submission, submitReview } from "./submit-review";
import { type LeaseEvent, overlappingLeases, primaryWithoutLease } from "./testing/lease-history";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();

/** Small and fast: a run is repeated by its seed as far as scheduling allows. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const items = (count: number, secondLookEvery = 10) =>
  Array.from({ length: count }, (_, i) => ({
    input: { number: i },
    output: { label: i % 3 ? "yes" : "no" },
    secondLook: i % secondLookEvery === 0,
  }));

interface Stored extends StoredReview {
  marker: string;
  slotId: string;
  token: string;
}

interface History {
  events: LeaseEvent[];
  stored: Stored[];
  refused: Map<string, number>;
}

/** One reviewer until nothing is left for them: short and long leases, pauses beyond the lease, renewals, skips, undos. */
async function work(queue: ReviewQueue, reviewer: number, history: History, chaos: boolean): Promise<void> {
  const random = randomFrom(reviewer + 1);
  const ctx = queue.as(reviewer);
  for (;;) {
    const short = chaos && random() < 0.1;
    const claim = await claimSlot(ctx, { leaseSeconds: short ? 0.002 + random() * 0.01 : 300 });
    if (!claim) {
      const open = await db.reviewSlot.count({
        where: { projectId: queue.project.id, state: "OPEN", leaseToken: { not: null } },
      });
      if (open === 0 || !chaos) return;
      await pause(5);
      if (random() < 0.2) return;
      continue;
    }
    const { slotId, leaseToken: token } = claim;
    const at = claim.grantedAt.getTime();
    history.events.push({ kind: "granted", slotId, token, reviewer, at, until: claim.expiresAt.getTime() });
    if (short) await pause(random() * 30);
    if (chaos && random() < 0.1) await renew(queue, reviewer, { slotId, token }, history);
    if (chaos && random() < 0.03) {
      const before = await databaseNow();
      if (await releaseLeases(ctx, [claim]))
        history.events.push({ kind: "ended", slotId, token, at: before });
      continue;
    }
    await decide(queue, reviewer, { slotId, token }, history, random, chaos);
    if (chaos && random() < 0.05) await undo(queue, reviewer, history);
  }
}

async function renew(
  queue: ReviewQueue,
  reviewer: number,
  lease: { slotId: string; token: string },
  history: History,
) {
  const before = await databaseNow();
  const [state] = await extendLeases(queue.as(reviewer), [
    { slotId: lease.slotId, leaseToken: lease.token, leaseSeconds: 0.05 },
  ]);
  if (state?.secondsLeft != null)
    history.events.push({ kind: "extended", ...lease, at: before, until: before + 50 });
}

async function decide(
  queue: ReviewQueue,
  reviewer: number,
  lease: { slotId: string; token: string },
  history: History,
  random: () => number,
  chaos: boolean,
): Promise<void> {
  const marker = randomUUID();
  const decision: Submission["decision"] =
    chaos && random() < 0.05
      ? { outcome: "SKIPPED", reason: "later" }
      : { outcome: "ANSWERED", answer: { label: random() < 0.5 ? "yes" : "no" } };
  const sent: Submission = {
    slotId: lease.slotId,
    leaseToken: lease.token,
    submissionKey: randomUUID(),
    answerSchemaId: queue.formId,
    comment: marker,
    decision,
  };
  try {
    const stored = await submitReview(queue.as(reviewer), sent);
    const again = random() < 0.1 ? await submitReview(queue.as(reviewer), sent) : null;
    if (again) expect(again).toEqual({ ...stored, repeated: true });
    history.stored.push({ ...stored, marker, slotId: lease.slotId, token: lease.token });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const why = error.details.reason ?? error.code;
    history.refused.set(why, (history.refused.get(why) ?? 0) + 1);
  }
}

async function undo(queue: ReviewQueue, reviewer: number, history: History): Promise<void> {
  const undone = await undoReview(queue.as(reviewer), {
    which: "last",
    submissionKey: randomUUID(),
    leaseSeconds: 0.02,
  }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!undone) return;
  const row = await db.review.findFirstOrThrow({ where: { id: undone.reviewId } });
  history.stored.push({
    reviewId: undone.reviewId,
    revision: row.revision,
    primary: row.primary,
    repeated: false,
    marker: "",
    slotId: row.slotId,
    token: "",
  });
  if (!undone.item) return;
  const { slotId, leaseToken: token, expiresAt } = undone.item;
  history.events.push({
    kind: "granted",
    slotId,
    token,
    reviewer,
    at: row.submittedAt.getTime(),
    until: expiresAt.getTime(),
  });
}

async function databaseNow(): Promise<number> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  return row?.at.getTime() ?? 0;
}

async function run(queue: ReviewQueue, people: number[], chaos: boolean): Promise<History> {
  const history: History = { events: [], stored: [], refused: new Map() };
  await Promise.all(people.map((reviewer) => work(queue, reviewer, history, chaos)));
  return history;
}

/** Everything that must hold whatever happened, found from the rows alone and from what the reviewers were told. */
async function violations(queue: ReviewQueue, history: History): Promise<string[]> {
  const projectId = queue.project.id;
  const rows = await db.review.findMany({ where: { projectId }, include: { slot: true } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found: string[] = [];
  if (rows.length !== history.stored.length)
    found.push(`${rows.length} rows for ${history.stored.length} stored decisions`);
  for (const told of history.stored) {
    const row = byId.get(told.reviewId);
    if (!row) found.push(`lost: ${told.reviewId}`);
    else if ((row.comment ?? "") !== told.marker || row.primary !== told.primary)
      found.push(`changed: ${told.reviewId}`);
  }
  const ended = history.stored.flatMap((told) => {
    const at = byId.get(told.reviewId)?.submittedAt.getTime() ?? 0;
    return told.primary && told.token
      ? [{ kind: "ended" as const, slotId: told.slotId, token: told.token, at }]
      : [];
  });
  const facts = history.stored
    .filter((told) => told.token)
    .map((told) => ({ ...told, at: byId.get(told.reviewId)?.submittedAt.getTime() ?? 0 }));
  found.push(
    ...overlappingLeases([...history.events, ...ended]),
    ...primaryWithoutLease(history.events, facts),
  );
  found.push(...(await staleSamples(projectId, rows)));
  return found;
}

async function staleSamples(
  projectId: string,
  rows: Awaited<ReturnType<typeof db.review.findMany<{ include: { slot: true } }>>>,
): Promise<string[]> {
  const samples = await db.sample.findMany({
    where: { projectId },
    include: { output: { select: { slots: true } } },
  });
  return samples.flatMap((sample) => {
    const mine = rows
      .filter((row) => row.outputId === sample.outputId)
      .map((row) => ({ ...row, look: row.slot.look }));
    const decided = decideSample(mine, null);
    const found: string[] = [];
    if (
      decided.state !== sample.state ||
      decided.score !== sample.score ||
      decided.verdict !== sample.verdict
    )
      found.push(
        `sample ${sample.outputId} says ${sample.state} ${sample.score}, its reviews ${decided.state} ${decided.score}`,
      );
    for (const slot of sample.output.slots.filter((each) => each.state === "DONE")) {
      const live = newestPerPerson(mine).filter(
        (row) =>
          row.slotId === slot.id && row.primary && row.outcome !== "UNDONE" && row.outcome !== "SKIPPED",
      );
      if (live.length !== 1 || live[0]?.reviewerId !== slot.holderId)
        found.push(`slot ${slot.id} is done with ${live.length} primary reviews`);
    }
    return found;
  });
}

function newestPerPerson<R extends { reviewerId: string; revision: number }>(rows: R[]): R[] {
  return rows.filter(
    (row) => !rows.some((other) => other.reviewerId === row.reviewerId && other.revision > row.revision),
  );
}

test("16 reviewers, 2,000 samples, leases that run out: no slot held twice, nothing lost, nothing overwritten", async () => {
  const queue = await makeReviewQueue(db, { items: items(2_000), reviewers: 19 });
  const people = Array.from({ length: 16 }, (_, i) => i);
  const started = performance.now();
  const history = await run(queue, people, true);
  const seconds = (performance.now() - started) / 1_000;
  expect(await violations(queue, history)).toEqual([]);
  const extra = history.stored.filter((each) => !each.primary).length;
  report(
    `16 reviewers, 2,000 samples: ${history.events.length} leases, ${history.stored.length} decisions, ${extra} of them after a lost lease, ` +
      `${seconds.toFixed(1)} s; 0 overlaps, 0 lost, 0 overwritten`,
  );
  expect(extra).toBeGreaterThan(20);

  // Whoever comes after finds exactly what is left, and finishes it.
  const rest = await run(queue, [16, 17, 18], false);
  const all: History = {
    events: [...history.events, ...rest.events],
    stored: [...history.stored, ...rest.stored],
    refused: new Map(),
  };
  expect(await violations(queue, all)).toEqual([]);
  expect(await db.sample.count({ where: { projectId: queue.project.id, state: { not: "SETTLED" } } })).toBe(
    0,
  );
}, 180_000);

const FAULTS = [
  {
    name: "without the token in the statement that fills a slot",
    statement: "WITH ended AS",
    from: "AND holder_id = ",
    to: "AND true OR false AND holder_id = ",
    seen: "filled under",
  },
  {
    name: "without the look at the lease in the statement that claims",
    statement: "WITH candidate AS MATERIALIZED",
    from: "AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())",
    to: "AND true",
    seen: "before",
  },
];

const MOST_ROUNDS = 20;

test.each(FAULTS)(
  "control: $name the same run is caught",
  async (fault) => {
    let caught = 0;
    let rounds = 0;
    // Whether a fault does harm in a round is a matter of scheduling.
    for (; caught === 0 && rounds < MOST_ROUNDS; rounds += 1) {
      const queue = await makeReviewQueue(db, { items: items(40), reviewers: 16 });
      const broken: ReviewQueue = {
        ...queue,
        as: (reviewer) => ({ ...queue.as(reviewer), db: withFault(db, fault) }),
      };
      const people = Array.from({ length: 16 }, (_, i) => i);
      const found = await violations(queue, await run(broken, people, true));
      caught = found.filter((each) => each.includes(fault.seen)).length;
    }
    report(`control ${fault.name}: ${caught} violations found, in round ${rounds} of 40 samples`);
    expect(caught).toBeGreaterThan(0);
  },
  60_000,
);

/** The product's own statement with a part taken out. */
function withFault(
  client: PrismaClient,
  fault: { statement: string; from: string; to: string },
): PrismaClient {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(inner, name) {
        const value = Reflect.get(inner, name) as unknown;
        if (typeof value !== "function") return value;
        if (name === "$transaction")
          return (body: (tx: object) => unknown, options: unknown) =>
            Reflect.apply(value, inner, [(tx: object) => body(wrap(tx)), options]);
        if (name !== "$queryRaw") return value.bind(inner);
        return (parts: TemplateStringsArray, ...values: unknown[]) => {
          if (!parts[0]?.includes(fault.statement)) return Reflect.apply(value, inner, [parts, ...values]);
          const text = parts.map((part) => part.replace(fault.from, fault.to));
          if (text.every((part, i) => part === parts[i]))
            throw new Error("The guard was not found in the statement.");
          return Reflect.apply(value, inner, [Object.assign(text, { raw: text }), ...values]);
        };
      },
    });
  return wrap(client);
}

test("20 pairs race for the last slot: one gets it, the other gets nothing", async () => {
  for (let i = 0; i < 20; i += 1) {
    const queue = await makeReviewQueue(db, { items: items(1, 2), reviewers: 2 });
    await db.reviewSlot.deleteMany({ where: { projectId: queue.project.id, look: 2 } });
    const claims = await Promise.all([claimSlot(queue.as(0)), claimSlot(queue.as(1))]);
    expect(claims.filter((each) => each !== null)).toHaveLength(1);
  }
});

test("one person in two tabs never gets both looks of a sample", async () => {
  for (let i = 0; i < 20; i += 1) {
    const queue = await makeReviewQueue(db, { items: items(1, 1), reviewers: 1 });
    const claims = await Promise.all([
      claimSlot(queue.as(0)),
      claimSlot(queue.as(0)),
      claimSlot(queue.as(0)),
    ]);
    expect(claims.filter((each) => each !== null)).toHaveLength(1);
  }
});

test("looks that two people submit at the same moment are both seen by the decision", async () => {
  for (let i = 0; i < 20; i += 1) {
    const queue = await makeReviewQueue(db, { items: items(1, 1), reviewers: 2 });
    const leases = await Promise.all(
      [0, 1].map(async (reviewer) => ({ reviewer, claim: await claimSlot(queue.as(reviewer)) })),
    );
    await Promise.all(
      leases.map(({ reviewer, claim }) =>
        submitReview(queue.as(reviewer), {
          slotId: claim?.slotId ?? "",
          leaseToken: claim?.leaseToken ?? "",
          submissionKey: randomUUID(),
          answerSchemaId: queue.formId,
          decision: { outcome: "ANSWERED", answer: { label: "no" } },
        }),
      ),
    );
    expect(await db.sample.findFirst({ where: { projectId: queue.project.id } })).toMatchObject({
      settledBy: "agreement",
    });
  }
});
