import type { Ctx } from "@/lib/core/ctx";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import type { AlertChannel } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { readIncidentRow } from "@/lib/incident/queries";
import { incidentMessage, type MessagePlace } from "./incident-message";
import { insertDelivery } from "./insert-delivery";
import { type DeliveryPlan, planDelivery, withoutNoise } from "./plan-delivery";
import { ALERT_EVENTS, type AlertEvent, type AlertMessage } from "./schema";
import { LIVE, plannedChannel } from "./stored-channel";

/**
 * Decides for one event of an incident which channels are told and when, and writes the deliveries down with what they will say.
 * However often it runs for an event, each channel has one delivery of it. Returns how many were written.
 */
export async function routeAlert(ctx: Pick<Ctx, "db" | "project" | "now">, eventId: string): Promise<number> {
  const projectId = ctx.project.id;
  const event = await ctx.db.incidentEvent.findUnique({
    where: { projectId_id: { projectId, id: eventId } },
  });
  const kind = ALERT_EVENTS.find((each) => each === event?.kind);
  const channels = await ctx.db.alertChannel.findMany({
    where: { projectId, ...LIVE },
    orderBy: { id: "asc" },
  });
  if (!event || !kind || channels.length === 0) return 0;
  const system: Ctx = { ...ctx, actor: { kind: "system", job: "route-alert" }, requestId: eventId };
  const incident = await readIncidentRow(system, event.incidentId);
  if (!incident) return 0;
  const by = event.userId
    ? await ctx.db.user.findUnique({ where: { id: event.userId }, select: { name: true } })
    : null;
  const place = await messagePlace(ctx);
  const message = incidentMessage(incident, { kind, by: by?.name ?? null, note: event.note }, place);
  return inTransaction(ctx.db, async (tx) => {
    let written = 0;
    for (const channel of channels) {
      const plan = await planFor(tx, ctx, channel, { kind, message });
      if (!plan) continue;
      const { incidentId } = event;
      const news = { projectId, channelId: channel.id, incidentId, event: kind, message, plan, now: ctx.now };
      if (await insertDelivery(tx, { ...news, key: `event:${eventId}`, kind: "incident" })) written += 1;
    }
    return written;
  });
}

export async function messagePlace(ctx: Pick<Ctx, "db" | "project">): Promise<MessagePlace> {
  const { id, slug } = ctx.project;
  const project = await ctx.db.project.findUniqueOrThrow({ where: { id }, select: { name: true } });
  return { project: { slug, name: project.name }, origin: process.env.NEXTAUTH_URL ?? env().ASSAY_URL ?? "" };
}

interface News {
  kind: AlertEvent;
  message: AlertMessage;
}

/** News of an incident goes where the incident was told of, and not before it. */
async function planFor(
  tx: Tx,
  { project, now }: Pick<Ctx, "project" | "now">,
  channel: AlertChannel,
  { kind, message }: News,
): Promise<DeliveryPlan | null> {
  const settings = plannedChannel(channel);
  const { severity, incident } = message;
  if (!incident) return null;
  if (kind === "opened" || kind === "reopened")
    return planDelivery(
      settings,
      { severity: severity === "info" ? "warning" : severity, segment: incident.segment },
      now,
      project.timeZone,
    );
  // Who reads mail wants to know that it is over, not who looks at it.
  if (kind === "acknowledged" && channel.kind === "EMAIL") return null;
  const told = await tx.alertDelivery.findFirst({
    where: {
      projectId: project.id,
      channelId: channel.id,
      incidentId: incident.id,
      event: { in: ["opened", "reopened"] },
    },
    orderBy: { id: "desc" },
    select: { state: true, dueAt: true, heldFor: true },
  });
  if (!told) return null;
  if (told.state === "HELD") {
    const heldFor = told.heldFor === "digest" || told.heldFor === "mute" ? told.heldFor : "quiet";
    return { dueAt: told.dueAt, heldFor };
  }
  return withoutNoise(settings, severity, project.timeZone, { dueAt: now, heldFor: null });
}
