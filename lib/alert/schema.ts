import * as z from "zod";

import { CHANNEL_KINDS } from "./channel-kind";

/* Channels, what they are told and what became of it, as routes answer and as pages take them. Browser-safe. */

export type ChannelKindName = (typeof CHANNEL_KINDS)[number];

export const SEVERITIES = ["critical", "warning"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ALERT_EVENTS = ["opened", "acknowledged", "resolved", "reopened"] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

const DAY_MINUTES = 1_440;
const minuteOfDay = z
  .number()
  .int()
  .min(0)
  .max(DAY_MINUTES - 1);

export const routeSchema = z.strictObject({
  severity: z.enum(["any", ...SEVERITIES]),
  /** Only incidents of this segment; "" is every segment, and all outputs together. */
  attribute: z.string().trim().max(200),
  value: z.string().trim().max(200),
  timing: z.enum(["at_once", "digest"]),
});
export type AlertRoute = z.output<typeof routeSchema>;

/** The first that fits an incident decides; one that no route fits is not told. */
export const routesSchema = z.array(routeSchema).min(1, "Say which incidents it is told of.").max(20);

export const quietSchema = z
  .strictObject({
    /** Minutes of the local day; `to` may lie on the next one. */
    from: minuteOfDay,
    to: minuteOfDay,
    /** Saturday and Sunday are quiet all day. */
    weekends: z.boolean(),
    /** Critical incidents come through. */
    except_critical: z.boolean(),
  })
  .refine(({ from, to, weekends }) => from !== to || weekends, {
    path: ["to"],
    message: "Quiet hours need a beginning and another end.",
  });
export type QuietHours = z.output<typeof quietSchema>;

const name = z.string().trim().min(1, "Give it a name.").max(80);
const secretText = z.string().trim().max(500);
/** Of a webhook, a Slack address, or a PagerDuty region; recipients of e-mails with commas. */
const destination = z.string().trim().min(1, "Say where to.").max(2_000);

const settings = {
  name,
  routes: routesSchema,
  quiet: quietSchema.nullable(),
  digest_minute: minuteOfDay,
  weekly: z.boolean(),
};

export const createChannelSchema = z.strictObject({
  kind: z.enum(CHANNEL_KINDS),
  destination,
  /** PagerDuty's integration key, or a webhook's own signing secret; left out: one is made. */
  secret: secretText.optional(),
  ...settings,
});
export type CreateChannelInput = z.output<typeof createChannelSchema>;

export const changeChannelSchema = z.strictObject({
  destination: destination.optional(),
  secret: secretText.optional(),
  /** A webhook's signing secret is made anew. */
  new_secret: z.boolean().optional(),
  name: name.optional(),
  routes: routesSchema.optional(),
  quiet: quietSchema.nullable().optional(),
  digest_minute: minuteOfDay.optional(),
  weekly: z.boolean().optional(),
  muted_until: z.iso.datetime({ offset: true }).nullable().optional(),
  disabled: z.boolean().optional(),
});
export type ChangeChannelInput = z.output<typeof changeChannelSchema>;

const instant = z.iso.datetime({ offset: true });

export const channelSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  destination: z.string(),
  has_secret: z.boolean(),
  routes: z.array(routeSchema),
  quiet: quietSchema.nullable(),
  digest_minute: z.number(),
  weekly: z.boolean(),
  muted_until: instant.nullable(),
  disabled_at: instant.nullable(),
  disabled_reason: z.enum(["person", "gone"]).nullable(),
  last_delivered_at: instant.nullable(),
  /** Of the last seven days. */
  dead: z.number().int(),
});
export type ChannelRow = z.output<typeof channelSchema>;

export const savedChannelSchema = z.strictObject({
  id: z.uuid(),
  /** A signing secret that was made just now: shown this once. */
  secret: z.string().nullable(),
  /** The destination changed, so that the secret was wiped: it must be entered again. */
  secret_wiped: z.boolean(),
});
export type SavedChannel = z.output<typeof savedChannelSchema>;

/* What a message says. */

export const weeklyChartSchema = z.strictObject({
  /** Oldest first; a week without reviews has no estimate. */
  weeks: z.array(
    z.strictObject({
      start: z.iso.date(),
      estimate: z
        .strictObject({ mean: z.number(), low: z.number(), high: z.number(), n: z.number() })
        .nullable(),
      /** Too few reviews for a number. */
      few: z.boolean(),
    }),
  ),
  pilot: z.number().nullable(),
});
export type WeeklyChart = z.output<typeof weeklyChartSchema>;

export const messageSchema = z.strictObject({
  title: z.string(),
  lines: z.array(z.string()),
  severity: z.enum([...SEVERITIES, "info"]),
  /** In the product; null when there is nothing to look at. */
  link: z.string().nullable(),
  project: z.strictObject({ slug: z.string(), name: z.string() }),
  /** Of a message about one incident: what a machine wants to know. */
  incident: z
    .strictObject({
      id: z.uuid(),
      kind: z.string(),
      segment: z.strictObject({ attribute: z.string(), value: z.string() }),
      standing: z.string(),
      opened_at: instant,
      change_day: z.string().nullable(),
      boundary: z.number().nullable(),
      accuracy: z
        .strictObject({ mean: z.number(), low: z.number(), high: z.number(), n: z.number() })
        .nullable(),
    })
    .nullable(),
  /** Of a message that holds others: what each says. */
  parts: z.array(
    z.strictObject({ title: z.string(), lines: z.array(z.string()), link: z.string().nullable() }),
  ),
  /** Of the week: what the picture shows. */
  chart: weeklyChartSchema.nullable().default(null),
  /** Only this person, by e-mail, instead of the channel's recipients. */
  to: z.string().nullable().default(null),
  /** Of news that follow each other without being about one incident: a pager keeps them together. */
  thread: z.string().nullable().default(null),
});
export type AlertMessage = z.output<typeof messageSchema>;

/* The log. */

export const DELIVERY_STATES = ["held", "waiting", "delivered", "bundled", "dead"] as const;
export type DeliveryStateName = (typeof DELIVERY_STATES)[number];

export const attemptSchema = z.strictObject({
  number: z.number().int(),
  at: instant,
  status: z.number().int().nullable(),
  outcome: z.string(),
  detail: z.string(),
  milliseconds: z.number().int(),
});
export type DeliveryAttempt = z.output<typeof attemptSchema>;

export const deliverySchema = z.strictObject({
  id: z.uuid(),
  channel: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    /** Nothing is sent to it at the moment: switched off or removed. */
    stopped: z.enum(["disabled", "removed"]).nullable(),
  }),
  kind: z.enum(["incident", "bundle", "test", "notice", "reminder", "weekly"]),
  event: z.enum(ALERT_EVENTS).nullable(),
  incident_id: z.uuid().nullable(),
  title: z.string(),
  state: z.enum(DELIVERY_STATES),
  held_for: z.enum(["digest", "quiet", "mute"]).nullable(),
  created_at: instant,
  due_at: instant,
  settled_at: instant.nullable(),
  attempts: z.array(attemptSchema),
});
export type DeliveryRow = z.output<typeof deliverySchema>;

export const deliveryQuerySchema = z.strictObject({
  state: z.enum(["all", ...DELIVERY_STATES]).default("all"),
  channel: z.uuid().optional(),
  incident: z.uuid().optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type DeliveryQuery = z.output<typeof deliveryQuerySchema>;

export const deliveryListSchema = z.strictObject({
  deliveries: z.array(deliverySchema),
  page: z.number().int(),
  pages: z.number().int(),
  counts: z.record(z.enum(DELIVERY_STATES), z.number().int()),
});
export type DeliveryList = z.output<typeof deliveryListSchema>;

/** What a test of a channel, or a delivery that a person sent again, came to. */
export const tryResultSchema = z.strictObject({
  delivered: z.boolean(),
  /** One sentence for the screen. */
  sentence: z.string(),
  status: z.number().int().nullable(),
  milliseconds: z.number().int(),
});
export type TryResult = z.output<typeof tryResultSchema>;
