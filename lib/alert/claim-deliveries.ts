import { newId } from "@/lib/core/id";
import type { PrismaClient } from "@/lib/db/generated/client";
import { ChannelKind } from "@/lib/db/generated/enums";
import * as z from "zod";
import { ALERT_EVENTS, messageSchema } from "./schema";

const claimedRow = z.object({
  projectId: z.uuid(),
  id: z.uuid(),
  kind: z.string(),
  event: z.enum(ALERT_EVENTS).nullable(),
  message: messageSchema,
  attempts: z.number().int(),
  /** Of these, those before a person had it sent again. */
  attemptsBefore: z.number().int(),
  createdAt: z.date(),
  leaseToken: z.uuid(),
  channelId: z.uuid(),
  channelName: z.string(),
  channelKind: z.enum(ChannelKind),
  destination: z.string(),
  sealedSecret: z.string().nullable(),
});
export type Claimed = z.output<typeof claimedRow>;

export interface Claim {
  now: Date;
  most: number;
  /** Longer than any attempt takes; a process that dies is followed by another one after it. */
  leaseSeconds: number;
  /** Of one delivery, as when a person waits for it. */
  only?: { projectId: string; id: string };
}

/**
 * Takes deliveries that are due, each for one process at a time. Of one incident, a channel gets the older news first. A lease that ran
 * out was somebody's who died before the answer: the log gets a line for that attempt.
 */
export async function claimDeliveries(db: PrismaClient, claim: Claim): Promise<Claimed[]> {
  const { now, most, leaseSeconds, only } = claim;
  const until = new Date(now.getTime() + leaseSeconds * 1_000);
  const rows = await db.$queryRaw`
    WITH due AS (
      SELECT d.project_id, d.id, d.attempts, d.lease_until FROM alert_delivery d
        JOIN alert_channel c ON c.project_id = d.project_id AND c.id = d.channel_id
      WHERE d.state = 'WAITING' AND d.due_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until < ${now})
        AND c.deleted_at IS NULL AND (c.disabled_at IS NULL OR d.kind = 'test')
        AND (${only?.id ?? null}::uuid IS NULL OR (d.project_id = ${only?.projectId ?? null}::uuid AND d.id = ${only?.id ?? null}::uuid))
        AND NOT EXISTS (
          SELECT 1 FROM alert_delivery older
          WHERE older.project_id = d.project_id AND older.channel_id = d.channel_id AND older.incident_id = d.incident_id
            AND older.id < d.id AND older.state IN ('HELD', 'WAITING'))
      ORDER BY d.due_at, d.id LIMIT ${most} FOR UPDATE OF d SKIP LOCKED
    ), interrupted AS (
      INSERT INTO alert_attempt (project_id, id, delivery_id, number, at, outcome, detail, milliseconds)
      SELECT project_id, gen_random_uuid(), id, attempts, lease_until, 'interrupted',
        'Assay was stopped before the answer came; nobody knows whether it arrived.', 0
      FROM due WHERE lease_until IS NOT NULL
      ON CONFLICT (project_id, delivery_id, number) DO NOTHING
    )
    UPDATE alert_delivery d SET attempts = d.attempts + 1, lease_token = ${newId()}::uuid, lease_until = ${until}
    FROM due, alert_channel c
    WHERE d.project_id = due.project_id AND d.id = due.id AND c.project_id = d.project_id AND c.id = d.channel_id
    RETURNING d.project_id AS "projectId", d.id, d.kind, d.event, d.message, d.attempts, d.attempts_before AS "attemptsBefore",
      d.created_at AS "createdAt",
      d.lease_token AS "leaseToken", c.id AS "channelId", c.name AS "channelName", c.kind::text AS "channelKind", c.destination,
      c.sealed_secret AS "sealedSecret"`;
  return z.array(claimedRow).parse(rows);
}
