import type { Ctx } from "@/lib/core/ctx";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isUpToDate } from "@/lib/estimate/up-to-date";
import * as z from "zod";
import { JOB_PROMISES } from "./job-promise";
import { type JobFacts, judgeJobs, type Stall, WATCH_GAP_SECONDS } from "./judge-jobs";
import type { Freshness, StallRow } from "./schema";
import { isMinor, stallSentence } from "./stall-sentence";

const beatRow = z.object({
  now: z.date(),
  name: z.string(),
  workerId: z.string().nullable(),
  seenAt: z.date(),
  details: z.looseObject({ since: z.iso.datetime().optional() }),
});
const clockRow = z.tuple([z.object({ now: z.date() })]);
const waitingRow = z.object({ name: z.string(), projectId: z.uuid().nullable(), since: z.date() });
/** Younger work is nobody's concern yet. */
const YOUNGEST_SECONDS = 30;

export interface SeenJobs extends JobFacts {
  /** The database's clock, as that of the heartbeats. */
  now: Date;
  /** Since when somebody has been looking without a gap; null when nobody does. */
  watch: { seenAt: Date; since: Date } | null;
}

interface Look {
  /** Of one project; else of all. */
  projectId?: string;
  /** A clock of one's own. */
  now?: Date;
}

/** What heartbeats and the queue say. Work that is done leaves no row; what failed keeps its age. */
export async function readJobFacts(db: Db, { projectId, now }: Look = {}): Promise<SeenJobs> {
  const clock = Prisma.sql`COALESCE(${now ?? null}::timestamptz, clock_timestamp())`;
  const onlyOf =
    projectId === undefined ? Prisma.empty : Prisma.sql`AND job.payload->>'projectId' = ${projectId}`;
  const beats = await db.$queryRaw`
    SELECT ${clock} AS now, name, worker_id AS "workerId", last_seen_at AS "seenAt", details FROM heartbeat
    WHERE name = 'watch' OR name LIKE 'job:%' OR worker_id IS NOT NULL`;
  const queue = await db.$queryRaw`
    SELECT task.identifier AS name, job.payload->>'projectId' AS "projectId", min(job.created_at) AS since
    FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    WHERE (job.key IS NOT NULL OR job.locked_at IS NOT NULL OR job.attempts < job.max_attempts)
      AND job.created_at < ${clock} - make_interval(secs => ${YOUNGEST_SECONDS}) ${onlyOf}
    GROUP BY 1, 2`;
  const rows = z.array(beatRow).parse(beats);
  const workers = rows.filter(({ workerId }) => workerId !== null).map(({ seenAt }) => seenAt.getTime());
  const watch = rows.find(({ name }) => name === "watch");
  return {
    now: rows[0]?.now ?? clockRow.parse(await db.$queryRaw`SELECT ${clock} AS now`)[0].now,
    workerSeenAt: workers.length > 0 ? new Date(Math.max(...workers)) : null,
    lastSuccess: new Map(
      rows
        .filter(({ name }) => name.startsWith("job:"))
        .map(({ name, seenAt }) => [name.slice("job:".length), seenAt]),
    ),
    waiting: z.array(waitingRow).parse(queue),
    watch: watch ? { seenAt: watch.seenAt, since: new Date(watch.details.since ?? watch.seenAt) } : null,
  };
}

/** What stands still in this project right now, the most important first. Needs no worker and no watch to be true. */
export async function readStalls(db: Db, look: Look & { projectId: string }): Promise<StallRow[]> {
  return stallsIn(await readJobFacts(db, look));
}

/** What stands still by these facts. */
export function judgedStalls(facts: SeenJobs): Stall[] {
  return judgeJobs(facts, { now: facts.now, watchedSince: watchedSince(facts) });
}

function stallsIn(facts: SeenJobs): StallRow[] {
  return judgedStalls(facts)
    .map(stallRow)
    .toSorted((a, b) => Number(a.minor) - Number(b.minor) || a.since.localeCompare(b.since));
}

/** A watch that has stopped excuses nothing; before the first one there is nothing to be late. */
function watchedSince({ watch, now }: SeenJobs): Date {
  if (!watch) return now;
  const isWatched = now.getTime() - watch.seenAt.getTime() <= WATCH_GAP_SECONDS * 1_000;
  return isWatched ? watch.since : new Date(0);
}

function stallRow({ subject, projectId, since }: Stall): StallRow {
  return {
    subject,
    everywhere: projectId === null,
    minor: isMinor(subject),
    since: since.toISOString(),
    sentence: stallSentence(subject),
  };
}

/** Whether the numbers are those of now, and if not, why. */
export async function readFreshnessOfNumbers(ctx: Ctx): Promise<Freshness> {
  const [facts, counted] = await Promise.all([
    readJobFacts(ctx.db, { projectId: ctx.project.id }),
    isUpToDate(ctx),
  ]);
  const stalls = stallsIn(facts);
  const scheduled = Object.entries(JOB_PROMISES).filter(([, { asked }]) => !asked);
  return {
    as_of: facts.now.toISOString(),
    up_to_date: counted && stalls.every(({ minor }) => minor),
    stalls,
    jobs: scheduled.map(([name, { seconds }]) => ({
      name: name,
      every_seconds: seconds,
      last_success_at: facts.lastSuccess.get(name)?.toISOString() ?? null,
    })),
  };
}
