import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { bundleMessage } from "./incident-message";
import { insertDelivery } from "./insert-delivery";
import { messageSchema } from "./schema";

const channelRow = z.object({ projectId: z.uuid(), channelId: z.uuid(), kind: z.string() });
const heldRow = z.object({
  id: z.uuid(),
  message: messageSchema,
  heldFor: z.enum(["digest", "quiet", "mute"]).nullable(),
});

/**
 * Makes one message of all that a channel was not told during quiet hours, a mute or until the digest, when that time is over. A single
 * piece of news goes as it is; PagerDuty gets each, because its alerts are opened and resolved one by one. Returns the channels served.
 */
export async function bundleHeld(db: PrismaClient, now: Date): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT d.project_id AS "projectId", d.channel_id AS "channelId", c.kind::text AS kind FROM alert_delivery d
      JOIN alert_channel c ON c.project_id = d.project_id AND c.id = d.channel_id
    WHERE d.state = 'HELD' AND d.due_at <= ${now} AND c.deleted_at IS NULL AND c.disabled_at IS NULL`;
  const channels = z.array(channelRow).parse(rows);
  for (const channel of channels) await bundleChannel(db, channel, now);
  return channels.length;
}

async function bundleChannel(
  db: PrismaClient,
  { projectId, channelId, kind }: z.output<typeof channelRow>,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Two processes that bundle at once would each make a message of a part.
    await tx.$queryRaw`
      SELECT id FROM alert_channel WHERE project_id = ${projectId}::uuid AND id = ${channelId}::uuid FOR UPDATE`;
    const rows = await tx.$queryRaw`
      SELECT id, message, held_for AS "heldFor" FROM alert_delivery
      WHERE project_id = ${projectId}::uuid AND channel_id = ${channelId}::uuid AND state = 'HELD' AND due_at <= ${now}
      ORDER BY id LIMIT 500 FOR UPDATE`;
    const held = z.array(heldRow).parse(rows);
    const ids = held.map(({ id }) => id);
    const bundle = bundleMessage(
      held.map(({ message }) => message),
      held[0]?.heldFor ?? null,
    );
    if (!bundle) return;
    if (held.length === 1 || kind === "PAGERDUTY") {
      await tx.alertDelivery.updateMany({
        where: { projectId, id: { in: ids } },
        data: { state: "WAITING" },
      });
      return;
    }
    const key = `bundle:${ids[0]}`;
    const plan = { dueAt: now, heldFor: null };
    const bundleId = await insertDelivery(tx, {
      projectId,
      channelId,
      key,
      kind: "bundle",
      message: bundle,
      plan,
      now,
    });
    await tx.alertDelivery.updateMany({
      where: { projectId, id: { in: ids } },
      data: { state: "BUNDLED", bundleId, settledAt: now },
    });
  });
}
