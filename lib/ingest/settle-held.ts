import type pg from "pg";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { databaseNow } from "./database-clock";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw } from "./enqueue-follow-up";
import { type HeldFilter, type HeldRow, readHeld, readHeldSenders } from "./held-records";
import { joinOutputs, type Released } from "./held-stratum";
import { prepareOutputs } from "./ingest-outputs";
import type { OutputRecord } from "./output-record";
import type { IngestParts, PreparedRequest } from "./prepared";
import { readHeldRecord, type ReadHeld } from "./read-held";
import { storeRequests } from "./store-requests";

export interface HeldParts extends Pick<IngestParts, "openFrame" | "judgePilot"> {
  pool: pg.Pool;
  /** Flags records that are unlike the pilot's, as when they come in. */
  flagUnusual(projectId: string, records: OutputRecord[]): Promise<void>;
}

/** One call settles so many, in one transaction; the caller goes on from `next`. */
export const HELD_BATCH = 100;

export interface SettledHeld {
  /** Taken over as outputs, or as duplicates or conflicts of outputs. */
  released: number;
  /** Still break something; their reasons are those of now. */
  held: number;
  discarded: number;
  /** Where the next call begins; null when there are no more. */
  next: string | null;
}

type Deed = { kind: "replay" } | { kind: "accept"; note: string } | { kind: "discard"; note: string };

/**
 * Settles the next held records of a filter: replayed by the contract of now, accepted once in spite of it, or discarded. Outputs, ledger
 * and the record's state change in one transaction, so that a kill loses and doubles nothing; of two who settle at once, each record is
 * one's. Outputs keep their bytes and time of arrival, and are drawn in the epoch of now.
 */
export async function settleHeld(
  ctx: Ctx,
  parts: HeldParts,
  filter: HeldFilter,
  deed: Deed,
): Promise<SettledHeld> {
  if (deed.kind !== "replay" && deed.note.trim() === "") {
    throw new AppError("INVALID", "Say why; it is kept with the records.");
  }
  return inDurableTransaction(parts.pool, async (client) => {
    const rows = await readHeld(client, ctx.project.id, filter, HELD_BATCH);
    const next = rows.length === HELD_BATCH ? (rows.at(-1)?.id ?? null) : null;
    if (deed.kind === "discard") {
      await settle(client, ctx, rows, { state: "DISCARDED", how: "discarded", note: deed.note });
      await audit(client, ctx, "quarantine.discard", { discarded: rows.length, note: deed.note });
      return { released: 0, held: 0, discarded: rows.length, next };
    }
    const read = await Promise.all(rows.map((row) => readHeldRecord(ctx, row, deed.kind === "accept")));
    const ready = read.filter((each) => each.item !== null);
    const records = ready.flatMap(({ item }) => (item ? [item.record] : []));
    await parts.flagUnusual(ctx.project.id, records);
    await storeReady(client, ctx, parts, ready);
    const note = deed.kind === "accept" ? deed.note : null;
    const how = deed.kind === "accept" ? ("accepted" as const) : ("replayed" as const);
    await settle(
      client,
      ctx,
      ready.map(({ row }) => row),
      { state: "RELEASED", how, note },
    );
    const kept = read.filter((each) => each.item === null);
    await renewReasons(client, ctx.project.id, kept);
    // Of a press that finds nothing there is one line, of its later calls none.
    if (rows.length > 0 || filter.after === undefined) {
      const details = { released: ready.length, held: kept.length, ...(note === null ? {} : { note }) };
      await audit(client, ctx, deed.kind === "accept" ? "quarantine.accept" : "quarantine.replay", details);
    }
    return { released: ready.length, held: kept.length, discarded: 0, next };
  });
}

/** One request for each source and moment of arrival, as the ledger counts them. */
async function storeReady(
  client: pg.ClientBase,
  ctx: Ctx,
  parts: HeldParts,
  ready: readonly ReadHeld[],
): Promise<void> {
  if (ready.length === 0) return;
  const senders = await readHeldSenders(client, ctx.project.id);
  const groups = new Map<string, ReadHeld[]>();
  for (const each of ready) {
    const key = `${each.row.sourceId} ${each.row.receivedAt.getTime()}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const requests: PreparedRequest[] = [];
  const released: Released[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    const sender = first && senders.get(first.row.sourceId);
    if (!first || !sender) throw new Error("A held record without its source.");
    const items = group.flatMap(({ item }, index) => (item ? [{ ...item, index, raw: item.raw }] : []));
    // They are drawn now: the epoch in which they came may be closed.
    const outputs = await prepareOutputs(parts, sender, databaseNow(), items);
    for (const output of outputs) {
      const held = group[output.read.index]?.row;
      if (held) released.push({ held, output });
    }
    requests.push({
      requestId: ctx.requestId,
      sender,
      receivedAt: first.row.receivedAt,
      outputs,
      quarantined: [],
      idempotency: null,
      unexpected: new Map(),
    });
  }
  await joinOutputs(client, ctx.project.id, released);
  const { settled, truths } = await storeRequests(client, requests);
  await takeFromLedger(client, ctx.project.id, ready);
  if (truths.size > 0) await enqueueRaw(client, "settle-truth", ctx.project.id);
  if (settled.size > 0) await enqueueRaw(client, "refresh-estimate", ctx.project.id);
  await enqueueRaw(client, "fold-counts", ctx.project.id);
}

/** They were counted as received and quarantined when they came, and as received once more just now. */
async function takeFromLedger(
  client: pg.ClientBase,
  projectId: string,
  ready: readonly ReadHeld[],
): Promise<void> {
  await client.query(
    `INSERT INTO ledger_delta (project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused)
     SELECT $1, s, date_trunc('hour', r, 'UTC'), -count(*), 0, 0, 0, 0, -count(*), 0
     FROM unnest($2::uuid[], $3::timestamptz[]) AS row(s, r) GROUP BY s, date_trunc('hour', r, 'UTC')`,
    [projectId, ready.map(({ row }) => row.sourceId), ready.map(({ row }) => row.receivedAt)],
  );
}

async function settle(
  client: pg.ClientBase,
  ctx: Ctx,
  rows: readonly HeldRow[],
  as: { state: "RELEASED" | "DISCARDED"; how: string; note: string | null },
): Promise<void> {
  await client.query(
    `UPDATE quarantine SET state = $3::quarantine_state, settled_how = $4, settled_note = $5, settled_by = $6, settled_at = now(),
       counted_as = CASE WHEN $3 = 'RELEASED' THEN coalesce(counted_as, 'output') ELSE counted_as END
     WHERE project_id = $1 AND id = ANY($2::uuid[]) AND state = 'HELD'`,
    [
      ctx.project.id,
      rows.map(({ id }) => id),
      as.state,
      as.how,
      as.note,
      ctx.actor.kind === "user" ? ctx.actor.userId : null,
    ],
  );
}

/** What still is wrong is what is wrong now. */
async function renewReasons(
  client: pg.ClientBase,
  projectId: string,
  kept: readonly ReadHeld[],
): Promise<void> {
  const values = kept.map(({ row, reasons, contractVersion }) => ({
    i: row.id,
    w: reasons,
    c: reasons[0]?.code ?? row.firstCode,
    v: contractVersion,
  }));
  await client.query(
    `UPDATE quarantine SET reasons = w, first_code = c, contract_version = v
     FROM json_to_recordset($2) AS row(i uuid, w jsonb, c text, v int)
     WHERE project_id = $1 AND id = i AND state = 'HELD' AND reasons IS DISTINCT FROM w`,
    [projectId, JSON.stringify(values)],
  );
}

async function audit(
  client: pg.ClientBase,
  ctx: Ctx,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  const actorId = ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.kind;
  await client.query(
    `INSERT INTO audit_event (project_id, actor_kind, actor_id, action, object_kind, request_id, details)
     VALUES ($1, $2, $3, $4, 'quarantine', $5, $6::jsonb)`,
    [ctx.project.id, ctx.actor.kind, actorId, action, ctx.requestId, JSON.stringify(details)],
  );
}
