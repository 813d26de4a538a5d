import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";

import { heldAsked } from "./held-asked";
import type { HeldQuery } from "./held-schema";
import { hookAddress, type SourceView } from "./schema";
import { MAX_REASONS } from "./value-scan";

/** All sources of the project, those in use first. */
export async function listSources(ctx: Ctx): Promise<SourceView[]> {
  const projectId = ctx.project.id;
  const sources = await ctx.db.source.findMany({
    where: { projectId },
    orderBy: [{ disabledAt: { sort: "desc", nulls: "first" } }, { createdAt: "asc" }],
    include: {
      secrets: {
        where: { OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
        orderBy: { createdAt: "desc" },
        select: { createdAt: true, expiresAt: true },
      },
      _count: { select: { apiKeys: { where: { revokedAt: null } } } },
    },
  });
  const hours = await lastHours(ctx);
  return sources.map((source) => ({
    id: source.id,
    kind: source.kind,
    name: source.name,
    path: source.hookPath === null ? null : hookAddress(source.hookPath),
    signature: source.signature === "GITHUB" || source.signature === "STANDARD" ? source.signature : null,
    has_mapping: source.mapping !== null,
    recorded_history: source.recordedHistory,
    created_at: source.createdAt,
    disabled_at: source.disabledAt,
    last_hour: hours.get(source.id) ?? null,
    secrets: source.secrets.map(({ createdAt, expiresAt }) => ({
      created_at: createdAt,
      expires_at: expiresAt,
    })),
    keys: source._count.apiKeys,
  }));
}

const hourRow = z.object({ sourceId: z.uuid(), hour: z.date() });

async function lastHours(ctx: Ctx): Promise<Map<string, Date>> {
  const rows = await ctx.db.$queryRaw`
    SELECT source_id AS "sourceId", max(hour) AS hour FROM (
      SELECT source_id, hour FROM ledger_hour WHERE project_id = ${ctx.project.id}::uuid
      UNION ALL
      SELECT source_id, hour FROM ledger_delta WHERE project_id = ${ctx.project.id}::uuid) entry
    GROUP BY 1`;
  return new Map(
    z
      .array(hourRow)
      .parse(rows)
      .map(({ sourceId, hour }) => [sourceId, hour]),
  );
}

const counts = {
  received: z.number(),
  accepted: z.number(),
  flagged: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  quarantined: z.number(),
  refused: z.number(),
};
const ledgerRow = z.object({ sourceId: z.uuid(), source: z.string(), hour: z.date(), ...counts });
export type LedgerHourRow = z.output<typeof ledgerRow>;

/** The newest hours of the ledger with what was received from each source, whether its counters are folded yet or not. */
export async function readLedger(ctx: Ctx, limit: number): Promise<LedgerHourRow[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT source_id AS "sourceId", source.name AS source, hour, sum(received)::float8 AS received,
      sum(accepted)::float8 AS accepted, sum(flagged)::float8 AS flagged, sum(duplicates)::float8 AS duplicates,
      sum(conflicts)::float8 AS conflicts, sum(quarantined)::float8 AS quarantined, sum(refused)::float8 AS refused
    FROM (
      (SELECT source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour
       WHERE project_id = ${ctx.project.id}::uuid ORDER BY hour DESC LIMIT ${limit})
      UNION ALL
      SELECT source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta
      WHERE project_id = ${ctx.project.id}::uuid) entry
    JOIN source ON source.project_id = ${ctx.project.id}::uuid AND source.id = source_id
    GROUP BY 1, 2, 3 ORDER BY hour DESC, source LIMIT ${limit}`;
  return z.array(ledgerRow).parse(rows);
}

const totalsRow = z.object({
  ...counts,
  counted: z.number(),
  held: z.number(),
  heldTruths: z.number(),
  kept: z.number(),
  lastReceivedAt: z.date().nullable(),
});
export type LedgerTotals = z.output<typeof totalsRow> & { addsUp: boolean };

/**
 * Everything received since the beginning, and whether two books agree: the ledger, and what sampling and quarantine hold. One
 * statement, so that both are read at the same moment.
 */
export async function readLedgerTotals(ctx: Ctx): Promise<LedgerTotals> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    SELECT total.*,
      (SELECT COALESCE(sum(outputs), 0) FROM (
        SELECT stratum_id, outputs FROM population_count WHERE project_id = ${projectId}::uuid AND attribute = ''
        UNION ALL
        SELECT stratum_id, outputs FROM population_delta WHERE project_id = ${projectId}::uuid AND attribute = '') placed
       WHERE stratum_id NOT IN (SELECT id FROM stratum WHERE project_id = ${projectId}::uuid AND phase = 'HELD'))::float8 AS counted,
      (SELECT count(*)::float8 FROM quarantine WHERE project_id = ${projectId}::uuid AND state = 'HELD') AS held,
      (SELECT count(*)::float8 FROM quarantine
       WHERE project_id = ${projectId}::uuid AND state = 'HELD' AND kind = 'truth') AS "heldTruths",
      (SELECT count(*)::float8 FROM quarantine
       WHERE project_id = ${projectId}::uuid AND kind = 'output' AND state <> 'RELEASED') AS kept,
      -- Ids are ordered by the time at which they were made.
      GREATEST(
        (SELECT received_at FROM output WHERE project_id = ${projectId}::uuid AND phase <> 'HELD' ORDER BY id DESC LIMIT 1),
        (SELECT received_at FROM quarantine WHERE project_id = ${projectId}::uuid ORDER BY id DESC LIMIT 1)) AS "lastReceivedAt"
    FROM (
      SELECT COALESCE(sum(received), 0)::float8 AS received, COALESCE(sum(accepted), 0)::float8 AS accepted,
        COALESCE(sum(flagged), 0)::float8 AS flagged, COALESCE(sum(duplicates), 0)::float8 AS duplicates,
        COALESCE(sum(conflicts), 0)::float8 AS conflicts, COALESCE(sum(quarantined), 0)::float8 AS quarantined,
        COALESCE(sum(refused), 0)::float8 AS refused
      FROM (
        SELECT received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour
        WHERE project_id = ${projectId}::uuid
        UNION ALL
        SELECT received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta
        WHERE project_id = ${projectId}::uuid) entry) total`;
  const totals = totalsRow.parse(z.array(z.unknown()).parse(rows)[0]);
  const { received, accepted, flagged, duplicates, conflicts, quarantined, refused, counted, kept } = totals;
  const sum = accepted + flagged + duplicates + conflicts + quarantined + refused;
  return { ...totals, addsUp: received === sum && accepted + flagged === counted && quarantined === kept };
}

const reasonSchema = z.object({
  code: z.string(),
  path: z.string().default(""),
  observed: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  expected: z.string().optional(),
  offset: z.number().optional(),
});
const quarantineRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  source: z.string(),
  externalId: z.string().nullable(),
  receivedAt: z.date(),
  bytes: z.number(),
  reasons: z.array(reasonSchema).max(MAX_REASONS),
});
export type QuarantinedRecord = z.output<typeof quarantineRow>;

/** The newest records that could not be taken. What they held is payload: shown to those who may see payloads. */
export async function readQuarantine(
  ctx: Ctx,
  limit: number,
  asked: HeldQuery = {},
): Promise<QuarantinedRecord[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT quarantine.id, quarantine.kind, source.name AS source, external_id AS "externalId", received_at AS "receivedAt",
      raw_length AS bytes, reasons
    FROM quarantine JOIN source ON source.project_id = quarantine.project_id AND source.id = source_id
    WHERE quarantine.project_id = ${ctx.project.id}::uuid AND ${heldAsked(asked)}
    ORDER BY received_at DESC, quarantine.id DESC LIMIT ${limit}`;
  return z.array(quarantineRow).parse(rows);
}

/** Held spans of the last day that came without their content. */
export function countBareSpans(ctx: Ctx): Promise<number> {
  const receivedAt = { gt: new Date(ctx.now.getTime() - 86_400_000) };
  return ctx.db.quarantine.count({
    where: { projectId: ctx.project.id, state: "HELD", firstCode: "SPAN_NO_CONTENT", receivedAt },
  });
}

const quarantinedBytesRow = quarantineRow.extend({
  hash: z.string(),
  /** What was kept: all of it, or the beginning of a huge one. */
  raw: z.instanceof(Uint8Array),
  /** What was decided about it; null while it is held. */
  settledHow: z.string().nullable(),
  settledAt: z.date().nullable(),
  settledNote: z.string().nullable(),
  /** How it counts in all traffic; null before anybody has looked. */
  countedAs: z.enum(["stratum", "unreadable", "resent", "pilot", "output"]).nullable(),
});
export type QuarantinedBytes = z.output<typeof quarantinedBytesRow>;

/** One record that could not be taken, with its bytes: payload, as above. Null when this project has none of that id. */
export async function readQuarantined(ctx: Ctx, id: string): Promise<QuarantinedBytes | null> {
  const rows = await ctx.db.$queryRaw`
    SELECT quarantine.id, quarantine.kind, source.name AS source, external_id AS "externalId", received_at AS "receivedAt",
      raw_length AS bytes, reasons, encode(raw_hash, 'hex') AS hash, raw, settled_how AS "settledHow", settled_at AS "settledAt",
      settled_note AS "settledNote", counted_as AS "countedAs"
    FROM quarantine JOIN source ON source.project_id = quarantine.project_id AND source.id = source_id
    WHERE quarantine.project_id = ${ctx.project.id}::uuid AND quarantine.id = ${id}::uuid`;
  return z.array(quarantinedBytesRow).parse(rows)[0] ?? null;
}
