import { formatSegmentValue } from "@/lib/core/format";
import type { AlertRoute, ChannelKindName, ChannelRow, QuietHours } from "@/lib/alert/schema";

/* What a channel is told and when, in plain words. */

/** 450 → "07:30" */
export function clockText(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** "07:30" → 450; null for anything else. */
export function minuteOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** "Critical incidents of region eu go to #ops at once; all others go with the digest at 08:00." */
export function routesSentence(name: string, routes: readonly AlertRoute[], digestMinute: number): string {
  const parts = routes.map((route, at) => {
    const who = routeSubject(route, at > 0);
    const when = route.timing === "at_once" ? "at once" : `with the digest at ${clockText(digestMinute)}`;
    return at === 0 ? `${capital(who)} go to ${name} ${when}` : `${who} go ${when}`;
  });
  const catchesAll = routes.some(({ severity, attribute }) => severity === "any" && attribute === "");
  return `${parts.join("; ")}${catchesAll ? "" : "; it is told of nothing else"}.`;
}

function routeSubject({ severity, attribute, value }: AlertRoute, isLater: boolean): string {
  const segment = attribute === "" ? "" : ` of ${attribute} ${formatSegmentValue(value)}`;
  if (severity === "any")
    return isLater && segment === "" ? "all others" : `${isLater ? "other" : "all"} incidents${segment}`;
  return `${isLater && segment === "" ? "other " : ""}${severity === "critical" ? "critical incidents" : "warnings"}${segment}`;
}

/** "Quiet from 22:00 to 07:00; critical incidents come through." */
export function quietSentence({ from, to, weekends, except_critical }: QuietHours): string {
  const hours = from === to ? "" : ` from ${clockText(from)} to ${clockText(to)}`;
  const days = weekends ? `${hours === "" ? "" : " and"} on weekends` : "";
  const through = except_critical ? "; critical incidents come through" : ", critical incidents too";
  return `Quiet${hours}${days}${through}.`;
}

/** What a person should know about a channel before anything else; null when it simply works. */
export function channelTrouble(channel: ChannelRow): string | null {
  if (channel.disabled_reason === "gone")
    return "The receiver says that it is gone for good, so that the channel was switched off. Give it a new address, then switch it on.";
  if (channel.disabled_at) return "Switched off: nothing is sent to it.";
  if (!channel.has_secret && channel.kind !== "email")
    return `Its address was changed, which wiped the secret. Nothing is sent until you enter it again under Change${channel.kind === "webhook" ? ", or make a new one under More" : ""}.`;
  if (channel.dead > 0)
    return `${channel.dead} ${channel.dead === 1 ? "message" : "messages"} of the last seven days did not arrive.`;
  return null;
}

export const KIND_WORDS: Record<ChannelKindName, { label: string; what: string }> = {
  slack: { label: "Slack", what: "A message in a channel, by an incoming webhook of your workspace." },
  email: {
    label: "E-mail",
    what: "To people or a group address; also the weekly digest and reminders of reviews.",
  },
  webhook: { label: "Webhook", what: "A signed request to a system of yours (Standard Webhooks)." },
  pagerduty: { label: "PagerDuty", what: "Pages whoever is on call; resolved with the incident." },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
