import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/id";
import type { Claimed } from "./claim-deliveries";
import { type MessagePlace, plainMessage } from "./incident-message";
import { insertDelivery } from "./insert-delivery";
import { LIVE } from "./stored-channel";

/** Switches a channel off whose receiver answered that it is gone (410). Only the first such answer writes an audit row. */
export async function disableGone(
  tx: Tx,
  { projectId, channelId, channelName, id }: Claimed,
  now: Date,
): Promise<void> {
  const { count } = await tx.alertChannel.updateMany({
    where: { projectId, id: channelId, disabledAt: null },
    data: { disabledAt: now, disabledReason: "gone" },
  });
  if (count > 0) await auditDelivery(tx, { projectId, channelId, channelName, id }, "alert.gone");
}

/** What the product itself does to a channel, or refuses to do, stands in the audit log too. */
export async function auditDelivery(
  tx: Tx,
  { projectId, channelId, channelName, id }: Pick<Claimed, "projectId" | "channelId" | "channelName" | "id">,
  action: "alert.gone" | "alert.blocked",
): Promise<void> {
  await tx.auditEvent.create({
    data: {
      projectId,
      actorKind: "system",
      actorId: "deliver-alerts",
      action,
      objectKind: "alert_channel",
      objectId: channelId,
      requestId: newId(),
      details: { name: channelName, delivery: id },
    },
  });
}

interface Notice {
  title: string;
  lines: string[];
  /** The same news is said once. */
  key: string;
  project: MessagePlace["project"];
  now: Date;
}

/** Says by the project's other channels what became of one of them. A pager is woken for this only when nothing else is left. */
export async function tellOthers(
  tx: Tx,
  { projectId, channelId }: { projectId: string; channelId: string },
  { title, lines, key, project, now }: Notice,
): Promise<void> {
  const others = await tx.alertChannel.findMany({ where: { projectId, id: { not: channelId }, ...LIVE } });
  const calm = others.filter(({ kind }) => kind !== "PAGERDUTY");
  const origin = process.env.NEXTAUTH_URL ?? env().ASSAY_URL ?? "";
  const notice = plainMessage(title, lines, { project, origin }, "/setting/alert");
  for (const channel of calm.length > 0 ? calm : others)
    await insertDelivery(tx, {
      projectId,
      channelId: channel.id,
      key,
      kind: "notice",
      message: { ...notice, severity: "warning" },
      plan: { dueAt: now, heldFor: null },
      now,
    });
}
