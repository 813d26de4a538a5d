import { segmentParts, type SegmentPart } from "@/lib/incident/segment-part";
import { nextLocalMinute, quietEnd } from "./local-time";
import type { AlertRoute, QuietHours, Severity } from "./schema";

export interface PlannedChannel {
  routes: readonly AlertRoute[];
  quiet: QuietHours | null;
  digestMinute: number;
  mutedUntil: Date | null;
}

export interface PlannedNews {
  severity: Severity;
  segment: SegmentPart;
}

export interface DeliveryPlan {
  dueAt: Date;
  /** Why it does not go at once; what is held for the same time goes as one message. */
  heldFor: "digest" | "quiet" | "mute" | null;
}

/** The route of a channel that decides about an incident: the first that fits; undefined: it is not told. */
export function routeOf(
  routes: readonly AlertRoute[],
  { severity, segment }: PlannedNews,
): AlertRoute | undefined {
  const parts = segmentParts(segment);
  return routes.find(
    (route) =>
      (route.severity === "any" || route.severity === severity) &&
      (route.attribute === "" ||
        parts.some(({ attribute, value }) => attribute === route.attribute && value === route.value)),
  );
}

/** When a channel is told of an incident; null when none of its routes fits. Nothing that fits is ever left out. */
export function planDelivery(
  channel: PlannedChannel,
  news: PlannedNews,
  now: Date,
  timeZone: string,
): DeliveryPlan | null {
  const route = routeOf(channel.routes, news);
  if (!route) return null;
  return withoutNoise(channel, news.severity, timeZone, {
    dueAt: route.timing === "digest" ? nextLocalMinute(now, channel.digestMinute, timeZone) : now,
    heldFor: route.timing === "digest" ? "digest" : null,
  });
}

/** Moves it to the end of a mute and of quiet hours that it falls into. */
export function withoutNoise(
  { quiet, mutedUntil }: Pick<PlannedChannel, "quiet" | "mutedUntil">,
  severity: Severity | "info",
  timeZone: string,
  plan: DeliveryPlan,
): DeliveryPlan {
  const { dueAt, heldFor } = plan;
  if (mutedUntil && mutedUntil > dueAt)
    return withoutNoise({ quiet, mutedUntil: null }, severity, timeZone, {
      dueAt: mutedUntil,
      heldFor: "mute",
    });
  if (!quiet || (quiet.except_critical && severity === "critical")) return plan;
  const end = quietEnd(quiet, dueAt, timeZone);
  return end > dueAt ? { dueAt: end, heldFor: heldFor ?? "quiet" } : plan;
}
