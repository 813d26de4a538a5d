import type { PrismaClient } from "@/lib/db/generated/client";

/** Writes down every change of a lease inside the transaction that makes it, by the database's clock; begins with an empty log. */
export async function keepLeaseLog(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    CREATE TABLE IF NOT EXISTS lease_log (
      slot_id uuid NOT NULL, at timestamptz NOT NULL, old_holder uuid, old_token uuid, old_until timestamptz, old_state slot_state,
      new_holder uuid, new_token uuid, new_state slot_state)`;
  await db.$executeRaw`
    CREATE OR REPLACE FUNCTION log_lease() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO lease_log VALUES (new.id, clock_timestamp(), old.holder_id, old.lease_token, old.lease_expires_at, old.state,
        new.holder_id, new.lease_token, new.state);
      RETURN NULL;
    END $$`;
  await db.$executeRaw`
    CREATE OR REPLACE TRIGGER log_lease AFTER UPDATE ON review_slot FOR EACH ROW
    WHEN (old.lease_token IS DISTINCT FROM new.lease_token OR old.state IS DISTINCT FROM new.state)
    EXECUTE FUNCTION log_lease()`;
  await db.$executeRaw`TRUNCATE lease_log`;
}

export interface LeaseHistory {
  changes: number;
  /** Leases that were given to somebody while another person's was alive. */
  overlaps: number;
  /** The token under which each slot was filled, newest last. */
  filledUnder: Map<string, string[]>;
}

export async function readLeaseLog(db: PrismaClient): Promise<LeaseHistory> {
  const [counted] = await db.$queryRaw<{ changes: number; overlaps: number }[]>`
    SELECT count(*)::int AS changes,
      count(*) FILTER (WHERE old_state = 'OPEN' AND new_state = 'OPEN' AND old_token IS NOT NULL AND new_token IS NOT NULL
        AND old_token <> new_token AND old_holder <> new_holder AND old_until > at)::int AS overlaps
    FROM lease_log`;
  const filled = await db.$queryRaw<{ slotId: string; token: string | null }[]>`
    SELECT slot_id AS "slotId", new_token AS token FROM lease_log WHERE old_state = 'OPEN' AND new_state = 'DONE' ORDER BY at`;
  const filledUnder = new Map<string, string[]>();
  for (const { slotId, token } of filled)
    filledUnder.set(slotId, [...(filledUnder.get(slotId) ?? []), token ?? "none"]);
  return { changes: counted?.changes ?? 0, overlaps: counted?.overlaps ?? 0, filledUnder };
}
