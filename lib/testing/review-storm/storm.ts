import { randomUUID } from "node:crypto";
import type { PrismaClient } from "@/lib/db/generated/client";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { keepLeaseLog, readLeaseLog } from "./lease-log";
import { leaseAnswer, type StormCall, storedAnswer, undoneAnswer } from "./storm-call";
import { startStormServers, type StormAnswer, type StormServers } from "./storm-servers";

export interface StormOptions {
  seed: number;
  reviewers: number;
  items: number;
  kills: number;
  /** How long a process is stopped at most. */
  longestPauseMs: number;
  forgetsToken?: boolean;
}

export interface StormResult {
  findings: string[];
  /** Leases that were given while another person's was alive. */
  overlaps: number;
  /** Decisions that were acknowledged and are not there, or not as they were made. */
  lost: number;
  decisions: number;
  /** Decisions after a lost lease. */
  extra: number;
  leaseChanges: number;
  pauses: number;
  expired: number;
  kills: number;
  /** Calls whose answer never came, and that were made again. */
  unanswered: number;
  seconds: number;
}

/** A decision that a server has acknowledged. */
interface Told {
  reviewId: string;
  primary: boolean;
  key: string;
  slotId: string;
  token: string;
  undo: boolean;
}

interface Storm {
  queue: ReviewQueue;
  servers: StormServers;
  told: Told[];
  unanswered: number;
  over: boolean;
  /** Looks that nobody has filled yet. */
  left: () => Promise<number>;
}

/** Reviewers work off a queue over two server processes that are stopped, killed and replaced; then everything is compared. */
export async function runStorm(
  db: PrismaClient,
  databaseUrl: string,
  options: StormOptions,
): Promise<StormResult> {
  await keepLeaseLog(db);
  const queue = await makeReviewQueue(db, {
    reviewers: options.reviewers,
    items: Array.from({ length: options.items }, (_, i) => ({
      input: { number: i },
      output: { label: i % 3 ? "yes" : "no" },
      secondLook: i % 10 === 0,
    })),
  });
  const { id, slug, timeZone } = queue.project;
  const servers = await startStormServers(databaseUrl, {
    project: { id, slug, timeZone },
    reviewers: queue.reviewers.map((person) => ({ id: person.id, name: person.name })),
    formId: queue.formId,
    forgetsToken: options.forgetsToken ?? false,
    patienceMs: options.longestPauseMs / 2,
  });
  const left = () => db.reviewSlot.count({ where: { projectId: id, state: "OPEN", look: { lt: 3 } } });
  const storm: Storm = { queue, servers, told: [], unanswered: 0, over: false, left };
  const started = performance.now();
  try {
    const trouble = makeTrouble(db, storm, options);
    await Promise.all(
      Array.from({ length: options.reviewers }, (_, reviewer) =>
        work(storm, reviewer, seededRandom(options.seed * 100 + reviewer)),
      ),
    );
    storm.over = true;
    const happened = await trouble;
    return {
      ...(await compareAll(db, storm)),
      ...happened,
      decisions: storm.told.length,
      extra: storm.told.filter((each) => !each.primary).length,
      unanswered: storm.unanswered,
      seconds: (performance.now() - started) / 1_000,
    };
  } finally {
    await servers.stop();
  }
}

/** Kills spread over the work by how much of it is done, and between them pauses and leases that run out. */
async function makeTrouble(
  db: PrismaClient,
  storm: Storm,
  options: StormOptions,
): Promise<Pick<StormResult, "kills" | "pauses" | "expired">> {
  const random = seededRandom(options.seed);
  const happened = { kills: 0, pauses: 0, expired: 0 };
  while (!storm.over) {
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 300));
    const due = Math.ceil((options.kills * storm.told.length) / options.items);
    const server = random() < 0.5 ? 0 : 1;
    if (happened.kills < Math.min(due, options.kills)) {
      happened.kills += 1;
      await storm.servers.kill(server);
    } else if (random() < 0.3) {
      happened.pauses += 1;
      await storm.servers.pause(server, options.longestPauseMs * (0.1 + 0.9 * random()));
    } else {
      happened.expired += await db.$executeRaw`
        UPDATE review_slot SET lease_expires_at = clock_timestamp()
        WHERE project_id = ${storm.queue.project.id}::uuid AND state = 'OPEN' AND lease_expires_at > clock_timestamp()
          AND random() < 0.3`;
    }
  }
  return happened;
}

/** One reviewer until nothing is left: renewals, pauses beyond the lease, skips, undos, every call again until it is answered. */
async function work(storm: Storm, reviewer: number, random: () => number): Promise<void> {
  for (;;) {
    const claimed = await askOnce(storm, random, {
      call: "claim",
      reviewer,
      leaseSeconds: random() < 0.1 ? 0.05 : 60,
    });
    const lease = claimed?.ok ? leaseAnswer.parse(claimed.value) : null;
    if (!lease) {
      if (claimed?.ok && (await storm.left()) === 0) return;
      // What others hold, or what was lost with a server, may still run out.
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 200));
      continue;
    }
    if (random() < 0.1) await new Promise((resolve) => setTimeout(resolve, random() * 200));
    if (random() < 0.1)
      await askOnce(storm, random, { call: "extend", reviewer, ...lease, leaseSeconds: 60 });
    if (random() < 0.02) {
      await askOnce(storm, random, { call: "release", reviewer, ...lease });
      continue;
    }
    await decide(storm, reviewer, lease, random);
    if (random() < 0.04) await undo(storm, reviewer, random);
  }
}

async function decide(
  storm: Storm,
  reviewer: number,
  lease: { slotId: string; leaseToken: string },
  random: () => number,
): Promise<void> {
  const key = randomUUID();
  const outcome = random() < 0.03 ? "SKIPPED" : "ANSWERED";
  const label = random() < 0.5 ? "yes" : "no";
  const call: StormCall = { call: "submit", reviewer, ...lease, key, outcome, label };
  const answer = await askUntilAnswered(storm, random, call);
  // An impatient person sends it again, and a stopped server may finish the first one later.
  if (random() < 0.05) await askOnce(storm, random, call);
  if (!answer.ok) return;
  storm.told.push({
    ...storedAnswer.parse(answer.value),
    key,
    slotId: lease.slotId,
    token: lease.leaseToken,
    undo: false,
  });
}

async function undo(storm: Storm, reviewer: number, random: () => number): Promise<void> {
  const key = randomUUID();
  const answer = await askUntilAnswered(storm, random, { call: "undo", reviewer, key, leaseSeconds: 60 });
  if (!answer.ok) return;
  const { reviewId, lease } = undoneAnswer.parse(answer.value);
  storm.told.push({ reviewId, primary: true, key, slotId: "", token: "", undo: true });
  if (lease) await decide(storm, reviewer, lease, random);
}

async function askOnce(storm: Storm, random: () => number, call: StormCall): Promise<StormAnswer> {
  const answer = await storm.servers.ask(random() < 0.5 ? 0 : 1, call);
  if (!answer) storm.unanswered += 1;
  return answer;
}

async function askUntilAnswered(
  storm: Storm,
  random: () => number,
  call: StormCall,
): Promise<NonNullable<StormAnswer>> {
  for (;;) {
    const answer = await askOnce(storm, random, call);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Everything that must hold, from the rows, the lease log and what the reviewers were told. */
async function compareAll(
  db: PrismaClient,
  storm: Storm,
): Promise<Pick<StormResult, "findings" | "overlaps" | "lost" | "leaseChanges">> {
  const projectId = storm.queue.project.id;
  const rows = await db.review.findMany({ where: { projectId } });
  const log = await readLeaseLog(db);
  const byKey = new Map(rows.map((row) => [row.submissionKey, row]));
  const findings: string[] = [];
  if (log.overlaps > 0) findings.push(`${log.overlaps} leases were given while another was alive`);
  if (rows.length !== storm.told.length)
    findings.push(`${rows.length} rows for ${storm.told.length} decisions that were acknowledged`);
  for (const told of storm.told) {
    const row = byKey.get(told.key);
    if (!row) findings.push(`lost: ${told.key}`);
    else if (
      row.id !== told.reviewId ||
      (!told.undo && (row.comment !== told.key || row.primary !== told.primary))
    )
      findings.push(`changed: ${told.key}`);
    if (told.undo || !told.primary || row?.outcome === "SKIPPED") continue;
    if (!log.filledUnder.get(told.slotId)?.includes(told.token))
      findings.push(`filled under another lease: ${told.slotId}`);
  }
  const [slots] = await db.$queryRaw<{ doubled: number }[]>`
    SELECT (SELECT count(*)::int FROM (
         SELECT slot.id FROM review_slot slot JOIN review mine ON mine.project_id = slot.project_id AND mine.slot_id = slot.id
         WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'DONE' AND mine."primary" AND mine.outcome IN ('ANSWERED', 'CANNOT_JUDGE')
           AND mine.revision = (SELECT max(each.revision) FROM review each WHERE each.project_id = mine.project_id
             AND each.output_id = mine.output_id AND each.occasion = mine.occasion AND each.reviewer_id = mine.reviewer_id)
         GROUP BY slot.id HAVING count(*) <> 1) AS doubled) AS doubled`;
  if (slots?.doubled !== 0) findings.push(`${slots?.doubled} slots do not have exactly one label`);
  const left = await storm.left();
  if (left > 0) findings.push(`${left} looks were left`);
  const lost = findings.filter((each) => /^(lost|changed)/.test(each)).length;
  return { findings, overlaps: log.overlaps, lost, leaseChanges: log.changes };
}
