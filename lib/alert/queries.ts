import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import {
  ALERT_EVENTS,
  type ChannelRow,
  DELIVERY_STATES,
  type DeliveryList,
  type DeliveryQuery,
  type DeliveryRow,
  deliverySchema,
  routesSchema,
} from "./schema";
import { CHANNEL_KINDS } from "./channel-kind";
import { storedQuiet } from "./stored-channel";

const PAGE_SIZE = 50;
const WEEK_MS = 7 * 86_400_000;

const channelFacts = z.object({ channelId: z.uuid(), lastDelivered: z.date().nullable(), dead: z.number() });

/** The project's channels, the oldest first, with what became of what they were sent. */
export async function listChannels(ctx: Ctx): Promise<ChannelRow[]> {
  const projectId = ctx.project.id;
  const [rows, facts] = await Promise.all([
    ctx.db.alertChannel.findMany({ where: { projectId, deletedAt: null }, orderBy: { id: "asc" } }),
    ctx.db.$queryRaw`
      SELECT channel_id AS "channelId", max(settled_at) FILTER (WHERE state = 'DELIVERED') AS "lastDelivered",
        count(*) FILTER (WHERE state = 'DEAD' AND kind <> 'test' AND settled_at > ${new Date(ctx.now.getTime() - WEEK_MS)})::int AS dead
      FROM alert_delivery WHERE project_id = ${projectId}::uuid GROUP BY 1`,
  ]);
  const known = new Map(
    z
      .array(channelFacts)
      .parse(facts)
      .map((each) => [each.channelId, each]),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: channelKind(row.kind),
    name: row.name,
    destination: row.destination,
    has_secret: row.sealedSecret !== null,
    routes: routesSchema.parse(row.routes),
    quiet: storedQuiet(row.quiet),
    digest_minute: row.digestMinute,
    weekly: row.weekly,
    muted_until: row.mutedUntil && row.mutedUntil > ctx.now ? row.mutedUntil.toISOString() : null,
    disabled_at: row.disabledAt?.toISOString() ?? null,
    disabled_reason: row.disabledReason === "gone" ? "gone" : row.disabledAt ? "person" : null,
    last_delivered_at: known.get(row.id)?.lastDelivered?.toISOString() ?? null,
    dead: known.get(row.id)?.dead ?? 0,
  }));
}

/** WEBHOOK → webhook */
export function channelKind(kind: string): ChannelRow["kind"] {
  const found = CHANNEL_KINDS.find((each) => each.toUpperCase() === kind);
  if (!found) throw new Error("A channel is of a kind without a name.");
  return found;
}

const deliveryRow = z.object({
  id: z.uuid(),
  kind: deliverySchema.shape.kind,
  event: z.enum(ALERT_EVENTS).nullable(),
  incidentId: z.uuid().nullable(),
  title: z.string(),
  state: z.string(),
  heldFor: deliverySchema.shape.held_for,
  createdAt: z.date(),
  dueAt: z.date(),
  settledAt: z.date().nullable(),
  channelId: z.uuid(),
  channelName: z.string(),
  channelKind: z.string(),
  removed: z.boolean(),
  disabled: z.boolean(),
});

/** What was sent, the newest first, a page of 50, with every attempt. */
export async function listDeliveries(ctx: Ctx, query: DeliveryQuery): Promise<DeliveryList> {
  const scope = scopeSql(query);
  const only =
    query.state === "all"
      ? Prisma.empty
      : Prisma.sql`AND d.state = ${query.state.toUpperCase()}::delivery_state`;
  const offset = (query.page - 1) * PAGE_SIZE;
  const [deliveries, counts] = await Promise.all([
    readDeliveries(ctx, Prisma.sql`${scope} ${only}`, { limit: PAGE_SIZE, offset }),
    countStates(ctx, scope),
  ]);
  const matching =
    query.state === "all" ? Object.values(counts).reduce((sum, each) => sum + each, 0) : counts[query.state];
  return { deliveries, counts, page: query.page, pages: Math.max(1, Math.ceil(matching / PAGE_SIZE)) };
}

/** Whom an incident was told to, the first first. */
export async function listToldOf(ctx: Ctx, incidentId: string): Promise<DeliveryRow[]> {
  const rows = await readDeliveries(ctx, Prisma.sql`AND d.incident_id = ${incidentId}::uuid`, {
    limit: 100,
    offset: 0,
  });
  return rows.reverse();
}

async function readDeliveries(
  ctx: Ctx,
  condition: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<DeliveryRow[]> {
  const found = await ctx.db.$queryRaw`
    SELECT d.id, d.kind, d.event, d.incident_id AS "incidentId", d.message->>'title' AS title, lower(d.state::text) AS state,
      d.held_for AS "heldFor", d.created_at AS "createdAt", d.due_at AS "dueAt", d.settled_at AS "settledAt", c.id AS "channelId",
      c.name AS "channelName", c.kind::text AS "channelKind", c.deleted_at IS NOT NULL AS removed, c.disabled_at IS NOT NULL AS disabled
    FROM alert_delivery d JOIN alert_channel c ON c.project_id = d.project_id AND c.id = d.channel_id
    WHERE d.project_id = ${ctx.project.id}::uuid ${condition}
    ORDER BY d.created_at DESC, d.id DESC LIMIT ${limit} OFFSET ${offset}`;
  const rows = z.array(deliveryRow).parse(found);
  const attempts = await ctx.db.alertAttempt.findMany({
    where: { projectId: ctx.project.id, deliveryId: { in: rows.map(({ id }) => id) } },
    orderBy: { number: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    channel: {
      id: row.channelId,
      name: row.channelName,
      kind: channelKind(row.channelKind),
      stopped: row.removed ? "removed" : row.disabled ? "disabled" : null,
    },
    kind: row.kind,
    event: row.event,
    incident_id: row.incidentId,
    title: row.title,
    state: z.enum(DELIVERY_STATES).parse(row.state),
    held_for: row.heldFor,
    created_at: row.createdAt.toISOString(),
    due_at: row.dueAt.toISOString(),
    settled_at: row.settledAt?.toISOString() ?? null,
    attempts: attempts
      .filter(({ deliveryId }) => deliveryId === row.id)
      .map(({ number, at, status, outcome, detail, milliseconds }) => ({
        number,
        at: at.toISOString(),
        status,
        outcome,
        detail,
        milliseconds,
      })),
  }));
}

function scopeSql({ channel, incident }: DeliveryQuery): Prisma.Sql {
  return Prisma.sql`
    ${channel ? Prisma.sql`AND d.channel_id = ${channel}::uuid` : Prisma.empty}
    ${incident ? Prisma.sql`AND d.incident_id = ${incident}::uuid` : Prisma.empty}`;
}

const countRow = z.object({ state: z.enum(DELIVERY_STATES), deliveries: z.number() });

async function countStates(ctx: Ctx, scope: Prisma.Sql): Promise<DeliveryList["counts"]> {
  const rows = await ctx.db.$queryRaw`
    SELECT lower(d.state::text) AS state, count(*)::int AS deliveries FROM alert_delivery d
    WHERE d.project_id = ${ctx.project.id}::uuid ${scope} GROUP BY 1`;
  const counts = { held: 0, waiting: 0, delivered: 0, bundled: 0, dead: 0 };
  for (const { state, deliveries } of z.array(countRow).parse(rows)) counts[state] = deliveries;
  return counts;
}
