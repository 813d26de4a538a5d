import { insertDelivery } from "@/lib/alert/insert-delivery";
import { withoutNoise } from "@/lib/alert/plan-delivery";
import { LIVE, plannedChannel } from "@/lib/alert/stored-channel";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import type { AlertChannel, JobStall, PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { judgeJobs, type Stall, WATCH_GAP_SECONDS } from "./judge-jobs";
import { readJobFacts } from "./queries";
import { stallMessage } from "./stall-message";
import { isSubject } from "./stall-sentence";

export interface NotedStalls {
  opened: number;
  ended: number;
}

/**
 * Looks at all background work and writes down what stands still and what runs again, with the deliveries that say so. Every process
 * may look: they do so one after the other, and of two that see the same one writes it down.
 */
export async function noteStalls(db: PrismaClient, given: { now?: Date } = {}): Promise<NotedStalls> {
  return inTransaction(db, async (tx) => {
    const watch = await keepWatching(tx, given.now ?? null);
    const facts = await readJobFacts(tx, { now: watch.now });
    const open = await tx.jobStall.findMany({ where: { endedAt: null }, orderBy: { id: "asc" } });
    const isBack =
      open.some(({ subject }) => subject === "worker") && isLater(facts.workerSeenAt, watch.now, -20);
    // A worker that has just come back has not had the time to do anything.
    if (isBack) await startWatching(tx, watch.now);
    const watchedSince = isBack ? watch.now : watch.since;
    const stalls = judgeJobs(facts, { now: watch.now, watchedSince });
    const opened = await openStalls(tx, without(stalls, open), watch.now);
    // While nobody works, nothing that stood still before runs again.
    const over = stalls.some(({ subject }) => subject === "worker") ? [] : without(open, stalls);
    await tx.jobStall.updateMany({
      where: { id: { in: over.map(({ id }) => id) } },
      data: { endedAt: watch.now },
    });
    await tell(tx, opened, { ended: false, now: watch.now, unfinished: new Set() });
    const unfinished = new Set(without(open, over).map(({ thread }) => thread));
    await tell(tx, over, { ended: true, now: watch.now, unfinished });
    return { opened: opened.length, ended: over.length };
  });
}

const watchRow = z.tuple([z.object({ now: z.date(), since: z.date() })]);

/** Its row is locked until the end: whoever looks at the same time waits. A watch with a gap begins anew. */
async function keepWatching(tx: Tx, given: Date | null): Promise<{ now: Date; since: Date }> {
  const rows = await tx.$queryRaw`
    WITH clock AS (SELECT COALESCE(${given}::timestamptz, clock_timestamp()) AS now)
    INSERT INTO heartbeat AS watch (name, last_seen_at, details)
    SELECT 'watch', now, jsonb_build_object('since', to_char(now AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) FROM clock
    ON CONFLICT (name) DO UPDATE SET last_seen_at = GREATEST(watch.last_seen_at, excluded.last_seen_at),
      details = CASE WHEN watch.last_seen_at < excluded.last_seen_at - make_interval(secs => ${WATCH_GAP_SECONDS})
        THEN excluded.details ELSE watch.details END
    RETURNING last_seen_at AS now, (details->>'since')::timestamptz AS since`;
  return watchRow.parse(rows)[0];
}

async function startWatching(tx: Tx, now: Date): Promise<void> {
  await tx.heartbeat.update({ where: { name: "watch" }, data: { details: { since: now.toISOString() } } });
}

function isLater(at: Date | null, than: Date, seconds: number): boolean {
  return at !== null && at.getTime() > than.getTime() + seconds * 1_000;
}

type Place = { subject: string; projectId: string | null };

function without<T extends Place>(all: readonly T[], these: readonly Place[]): T[] {
  const known = new Set(these.map(({ subject, projectId }) => `${subject} ${projectId}`));
  return all.filter(({ subject, projectId }) => !known.has(`${subject} ${projectId}`));
}

async function openStalls(tx: Tx, stalls: readonly Stall[], now: Date): Promise<JobStall[]> {
  const thread = newId();
  const projects = await tx.project.findMany({
    where: { id: { in: stalls.flatMap(({ projectId }) => projectId ?? []) } },
    select: { id: true },
  });
  const known = new Set(projects.map(({ id }) => id));
  // Work for a project that was erased is no news.
  const real = stalls.filter(({ projectId }) => projectId === null || known.has(projectId));
  return tx.jobStall.createManyAndReturn({
    data: real.map((stall) => ({ id: newId(), ...stall, thread, openedAt: now })),
    skipDuplicates: true,
  });
}

interface News {
  ended: boolean;
  now: Date;
  /** Of what was told together, something still stands still. */
  unfinished: ReadonlySet<string>;
}

/** One message to each channel of each project that it concerns, for all that was found at once. */
async function tell(tx: Tx, rows: readonly JobStall[], news: News): Promise<void> {
  if (rows.length === 0) return;
  const everywhere = rows.some(({ projectId }) => projectId === null);
  const concerned = rows.flatMap(({ projectId }) => projectId ?? []);
  const channels = await tx.alertChannel.findMany({
    where: { ...LIVE, ...(everywhere ? {} : { projectId: { in: concerned } }) },
    include: { project: { select: { slug: true, name: true, timeZone: true } } },
    orderBy: [{ projectId: "asc" }, { id: "asc" }],
  });
  for (const channel of channels) {
    const theirs = rows.filter(({ projectId }) => projectId === null || projectId === channel.projectId);
    for (const thread of new Set(theirs.map((row) => row.thread)))
      await tellChannel(
        tx,
        channel,
        theirs.filter((row) => row.thread === thread),
        news,
      );
  }
}

type Told = AlertChannel & { project: { slug: string; name: string; timeZone: string } };

async function tellChannel(
  tx: Tx,
  channel: Told,
  rows: readonly JobStall[],
  { ended, now, unfinished }: News,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { thread } = first;
  const { id: channelId, projectId, project } = channel;
  const stalls = rows.flatMap(({ subject, since }) => (isSubject(subject) ? [{ subject, since }] : []));
  const place = { project, origin: process.env.NEXTAUTH_URL ?? env().ASSAY_URL ?? "" };
  const message = stallMessage(stalls, { thread, ended, now }, place);
  const plan = withoutNoise(plannedChannel(channel), message.severity, project.timeZone, {
    dueAt: now,
    heldFor: null,
  });
  await insertDelivery(tx, {
    projectId,
    channelId,
    key: ended ? `stall-over:${first.id}` : `stall:${thread}`,
    kind: "notice",
    ...(ended && unfinished.has(thread) ? {} : { event: ended ? "resolved" : "opened" }),
    message,
    plan,
    now,
  });
}
