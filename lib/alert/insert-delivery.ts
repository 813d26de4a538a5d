import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import type { DeliveryPlan } from "./plan-delivery";
import type { AlertEvent, AlertMessage, DeliveryRow } from "./schema";

export interface NewDelivery {
  projectId: string;
  channelId: string;
  /** The same news never makes two deliveries to a channel. */
  key: string;
  kind: DeliveryRow["kind"];
  incidentId?: string;
  event?: AlertEvent;
  message: AlertMessage;
  plan: DeliveryPlan;
  now: Date;
}

/** Writes a delivery down; null when this channel has one for the same news already. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<string | null> {
  const { projectId, channelId, key, kind, incidentId = null, event = null, message, plan, now } = delivery;
  const id = newId();
  const state = plan.heldFor === null ? "WAITING" : "HELD";
  const added = await tx.$executeRaw`
    INSERT INTO alert_delivery (project_id, id, channel_id, key, kind, incident_id, event, message, state, held_for, due_at, created_at)
    VALUES (${projectId}::uuid, ${id}::uuid, ${channelId}::uuid, ${key}, ${kind}, ${incidentId}::uuid, ${event},
      ${JSON.stringify(message)}::jsonb, ${state}::delivery_state, ${plan.heldFor}, ${plan.dueAt}, ${now})
    ON CONFLICT (project_id, channel_id, key) DO NOTHING`;
  return added > 0 ? id : null;
}
