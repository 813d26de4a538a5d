import type pg from "pg";
import { log } from "@/lib/core/log";
import { sqlState } from "@/lib/db/transaction";
import { isPassingFault } from "./database-fault";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw, type FoldSchedule, foldSchedule } from "./enqueue-follow-up";
import type { Replay } from "./idempotency";
import type { PreparedRequest } from "./prepared";
import { type StoredRequests, storeRequests } from "./store-requests";

export interface CommitQueueOptions {
  /** A request with more records than this commits alone, beside the others. */
  smallRecords: number;
  /** Records that share one commit. */
  groupRecords: number;
  /** Groups that commit at the same time. */
  lanes: number;
}

export const DEFAULT_COMMIT_QUEUE: CommitQueueOptions = { smallRecords: 50, groupRecords: 500, lanes: 2 };

export interface CommitQueue {
  /** Stores a request; what is returned is on disk. A fault of one request never fails another. */
  store(request: PreparedRequest): Promise<Replay>;
}

interface Waiting {
  request: PreparedRequest;
  resolve: (replay: Replay) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: small requests that arrive while others are being written share the next transaction and its one flush to disk.
 * Nobody waits for company: an idle queue commits at once.
 */
export function createCommitQueue(
  pool: pg.Pool,
  options: CommitQueueOptions = DEFAULT_COMMIT_QUEUE,
): CommitQueue {
  const schedule = foldSchedule();
  const waiting: Waiting[] = [];
  let running = 0;

  function pump(): void {
    while (running < options.lanes && waiting.length > 0) {
      running += 1;
      void commitGroup(takeGroup(waiting, options.groupRecords));
    }
  }

  async function commitGroup(group: Waiting[]): Promise<void> {
    await settle(pool, schedule, group);
    running -= 1;
    pump();
  }

  return {
    store(request) {
      return new Promise((resolve, reject) => {
        const entry = { request, resolve, reject };
        if (recordCount(request) > options.smallRecords) {
          void settle(pool, schedule, [entry]);
        } else {
          waiting.push(entry);
          pump();
        }
      });
    },
  };
}

function recordCount({ outputs, quarantined }: PreparedRequest): number {
  return outputs.length + quarantined.length;
}

/** The oldest requests; two with the same idempotency key go into different groups. */
function takeGroup(waiting: Waiting[], records: number): Waiting[] {
  const keys = new Set<string>();
  let room = records;
  let end = 0;
  for (const { request } of waiting) {
    const key = request.idempotency && `${request.sender.source.id}|${request.idempotency.key}`;
    if ((end > 0 && room < recordCount(request)) || (key && keys.has(key))) break;
    if (key) keys.add(key);
    room -= recordCount(request);
    end += 1;
  }
  return waiting.splice(0, end);
}

/** Answers every entry of the group; never throws. */
async function settle(pool: pg.Pool, schedule: FoldSchedule, group: Waiting[]): Promise<void> {
  try {
    const answers = await storeTogether(
      pool,
      schedule,
      group.map(({ request }) => request),
    );
    for (const { request, resolve, reject } of group) {
      const answer = answers.get(request);
      if (answer) resolve(answer);
      else reject(new Error("A request was stored without an answer."));
    }
  } catch (error) {
    const [only] = group;
    if (group.length > 1 && !isGone(error)) {
      for (const entry of group) await settle(pool, schedule, [entry]);
    } else if (only && group.length === 1) {
      only.reject(error);
    } else {
      for (const { reject } of group) reject(error);
    }
  }
}

/** A database that is away is away for everybody; any other fault may belong to one request of the group. */
function isGone(error: unknown): boolean {
  return isPassingFault(error) && !["55P03", "57014", "40001", "40P01"].includes(sqlState(error) ?? "");
}

async function storeTogether(
  pool: pg.Pool,
  schedule: FoldSchedule,
  requests: readonly PreparedRequest[],
): Promise<StoredRequests["answers"]> {
  let enqueued = new Map<string, number>();
  const stored = await inDurableTransaction(pool, async (client) => {
    const result = await storeRequests(client, requests);
    for (const projectId of result.truths) await enqueueRaw(client, "settle-truth", projectId);
    for (const projectId of result.settled) await enqueueRaw(client, "refresh-estimate", projectId);
    enqueued = new Map();
    for (const projectId of result.counted) {
      if (schedule.mustEnqueue(projectId))
        enqueued.set(projectId, await enqueueRaw(client, "fold-counts", projectId));
    }
    return result;
  });
  for (const projectId of stored.counted) {
    const inMs = enqueued.get(projectId);
    if (inMs !== undefined) schedule.committed(projectId, inMs);
    else if (schedule.wasLate(projectId)) await enqueueLate(pool, schedule, projectId);
  }
  return stored.answers;
}

/** What was stored is safe; should this fail, the next request of the project enqueues the job again. */
async function enqueueLate(pool: pg.Pool, schedule: FoldSchedule, projectId: string): Promise<void> {
  try {
    schedule.committed(
      projectId,
      await inDurableTransaction(pool, (client) => enqueueRaw(client, "fold-counts", projectId)),
    );
  } catch (error) {
    log().warn({ projectId, message: error instanceof Error ? error.message : "" }, "counting will be late");
  }
}
