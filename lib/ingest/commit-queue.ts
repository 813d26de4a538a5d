import type pg from "pg";
import { sqlState } from "@/lib/db/sql-state";
import { isPassingFault } from "./database-fault";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw, type FoldSchedule, foldSchedule } from "./enqueue-follow-up";
import { claimName, type Replay } from "./idempotency";
import type { PreparedRequest } from "./prepared";
import { type StoredRequests, storeRequests } from "./store-requests";

/** A request with more records than this commits alone, beside the others. */
const SMALL_RECORDS = 50;
/** Records that share one commit. */
const GROUP_RECORDS = 500;
/** Groups that commit at the same time. */
const LANES = 2;

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
export function createCommitQueue(pool: pg.Pool): CommitQueue {
  const mustFold = foldSchedule();
  const waiting: Waiting[] = [];
  let running = 0;

  function pump(): void {
    while (running < LANES && waiting.length > 0) {
      running += 1;
      void commitGroup(takeGroup(waiting, GROUP_RECORDS));
    }
  }

  async function commitGroup(group: Waiting[]): Promise<void> {
    await settle(pool, mustFold, group);
    running -= 1;
    pump();
  }

  return {
    store(request) {
      return new Promise((resolve, reject) => {
        const entry = { request, resolve, reject };
        if (recordCount(request) > SMALL_RECORDS) {
          void settle(pool, mustFold, [entry]);
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
  const names = new Set<string>();
  let room = records;
  let end = 0;
  for (const { request } of waiting) {
    const name = claimName(request);
    if ((end > 0 && room < recordCount(request)) || (name !== null && names.has(name))) break;
    if (name !== null) names.add(name);
    room -= recordCount(request);
    end += 1;
  }
  return waiting.splice(0, end);
}

/** Answers every entry of the group; never throws. */
async function settle(pool: pg.Pool, mustFold: FoldSchedule, group: Waiting[]): Promise<void> {
  try {
    const requests = group.map(({ request }) => request);
    const answers = await storeTogether(pool, mustFold, requests);
    for (const { request, resolve } of group) resolve(answers.get(request) as Replay);
  } catch (error) {
    if (group.length === 1 || isGone(error)) for (const { reject } of group) reject(error);
    else for (const entry of group) await settle(pool, mustFold, [entry]);
  }
}

/** A database that is away is away for everybody; any other fault may belong to one request of the group. */
function isGone(error: unknown): boolean {
  return isPassingFault(error) && !["55P03", "57014", "40001", "40P01"].includes(sqlState(error) ?? "");
}

async function storeTogether(
  pool: pg.Pool,
  mustFold: FoldSchedule,
  requests: readonly PreparedRequest[],
): Promise<StoredRequests["answers"]> {
  return inDurableTransaction(pool, async (client) => {
    const { answers, counted, settled, truths } = await storeRequests(client, requests);
    for (const projectId of truths) await enqueueRaw(client, "settle-truth", projectId);
    for (const projectId of settled) await enqueueRaw(client, "refresh-estimate", projectId);
    for (const projectId of counted)
      if (mustFold(projectId)) await enqueueRaw(client, "fold-counts", projectId);
    return answers;
  });
}
