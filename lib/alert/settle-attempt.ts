import * as z from "zod";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import type { Attempted } from "./attempted";
import type { Claimed } from "./claim-deliveries";
import { auditDelivery, disableGone, tellOthers } from "./tell-others";
import { retryDelaySeconds } from "./retry-schedule";

export interface Settled {
  attempted: Attempted;
  /** When the attempt began, and when it was over. */
  startedAt: Date;
  now: Date;
  /** In [0, 1) */
  random: number;
}

/**
 * Writes down how an attempt ended and what follows: delivered, another one later, or given up. Who lost the lease meanwhile only adds
 * a line to the log. A receiver that is gone for good switches its channel off, and other channels are told.
 */
export async function settleAttempt(db: PrismaClient, claimed: Claimed, settled: Settled): Promise<void> {
  const { projectId, id, attempts } = claimed;
  const { attempted, startedAt, now } = settled;
  await inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO alert_attempt (project_id, id, delivery_id, number, at, status, outcome, detail, milliseconds)
      VALUES (${projectId}::uuid, ${newId()}::uuid, ${id}::uuid, ${attempts}, ${startedAt}, ${attempted.status}, ${attempted.outcome},
        ${attempted.detail}, ${Math.max(0, now.getTime() - startedAt.getTime())})
      ON CONFLICT (project_id, delivery_id, number) DO NOTHING`;
    if (attempted.outcome === "blocked" && attempts === claimed.attemptsBefore + 1)
      await auditDelivery(tx, claimed, "alert.blocked");
    const made = await attemptsMade(tx, claimed);
    const next = nextStep(claimed, settled, made);
    const changed = await tx.$executeRaw`
      UPDATE alert_delivery SET state = ${next.state}::delivery_state, due_at = COALESCE(${next.dueAt}, due_at),
        settled_at = ${next.state === "WAITING" ? null : now}, lease_token = NULL, lease_until = NULL
      WHERE project_id = ${projectId}::uuid AND id = ${id}::uuid AND lease_token = ${claimed.leaseToken}::uuid`;
    if (changed === 0 || next.state !== "DEAD") return;
    await whenGivenUp(tx, claimed, settled, made);
  });
}

const madeRow = z.tuple([z.object({ made: z.number() })]);

/** Attempts of the schedule: one that ended because Assay was stopped says nothing of the receiver and uses none of them up. */
async function attemptsMade(tx: Tx, { projectId, id, attemptsBefore }: Claimed): Promise<number> {
  const rows = await tx.$queryRaw`
    SELECT count(*)::int AS made FROM alert_attempt WHERE project_id = ${projectId}::uuid AND delivery_id = ${id}::uuid
      AND number > ${attemptsBefore} AND outcome <> 'interrupted'`;
  return madeRow.parse(rows)[0].made;
}

function nextStep(claimed: Claimed, { attempted, now, random }: Settled, made: number) {
  if (attempted.delivered) return { state: "DELIVERED", dueAt: null };
  // A person looks at the result of a test; nobody is told of it tomorrow.
  const delay =
    attempted.gone || claimed.kind === "test"
      ? null
      : retryDelaySeconds(made, random, attempted.retryAfterSeconds);
  if (delay === null) return { state: "DEAD", dueAt: null };
  return { state: "WAITING", dueAt: new Date(now.getTime() + delay * 1_000) };
}

async function whenGivenUp(
  tx: Tx,
  claimed: Claimed,
  { attempted, now }: Settled,
  made: number,
): Promise<void> {
  if (attempted.gone) await disableGone(tx, claimed, now);
  if (claimed.kind === "test" || claimed.kind === "notice") return;
  const lines = attempted.gone
    ? [
        `The receiver of “${claimed.channelName}” says that it is gone for good, so that the channel was switched off.`,
        "Give it a new address, or remove it, under Settings, Alerts.",
      ]
    : [
        `“${claimed.channelName}” could not be told in ${made} attempts over about three days.`,
        `The last one: ${attempted.detail}`,
      ];
  await tellOthers(tx, claimed, {
    title: `Alerts to “${claimed.channelName}” do not arrive`,
    lines: [...lines, `It was to hear: ${claimed.message.title}`],
    key: `notice:${claimed.id}`,
    project: claimed.message.project,
    now,
  });
}
