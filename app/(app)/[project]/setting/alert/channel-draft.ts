import { clockText, minuteOf } from "@/components/alert/channel-sentences";
import type { AlertRoute, ChannelKindName, ChannelRow, QuietHours } from "@/lib/alert/schema";

/** A channel while it is being written: times as the browser's fields have them. */
export interface ChannelDraft {
  kind: ChannelKindName;
  name: string;
  destination: string;
  secret: string;
  routes: AlertRoute[];
  digestAt: string;
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  weekends: boolean;
  exceptCritical: boolean;
  weekly: boolean;
}

export const NEW_ROUTE: AlertRoute = { severity: "any", attribute: "", value: "", timing: "at_once" };

const REGIONS: Record<string, string> = {
  "https://events.pagerduty.com/v2/enqueue": "us",
  "https://events.eu.pagerduty.com/v2/enqueue": "eu",
};

export function draftOf(channel: ChannelRow | null): ChannelDraft {
  const quiet: QuietHours = channel?.quiet ?? {
    from: 1_320,
    to: 420,
    weekends: false,
    except_critical: true,
  };
  return {
    kind: channel?.kind ?? "slack",
    name: channel?.name ?? "",
    // Slack's address is its secret: only its host is known here.
    destination:
      channel === null || channel.kind === "slack"
        ? ""
        : (REGIONS[channel.destination] ?? channel.destination),
    secret: "",
    routes: channel?.routes.map((route) => ({ ...route })) ?? [NEW_ROUTE],
    digestAt: clockText(channel?.digest_minute ?? 480),
    isQuiet: Boolean(channel?.quiet),
    quietFrom: clockText(quiet.from),
    quietTo: clockText(quiet.to),
    weekends: quiet.weekends,
    exceptCritical: quiet.except_critical,
    weekly: channel?.weekly ?? false,
  };
}

function quietOf(draft: ChannelDraft): QuietHours | null {
  if (!draft.isQuiet) return null;
  return {
    from: minuteOf(draft.quietFrom) ?? 0,
    to: minuteOf(draft.quietTo) ?? 0,
    weekends: draft.weekends,
    except_critical: draft.exceptCritical,
  };
}

export function digestMinuteOf(draft: ChannelDraft): number {
  return minuteOf(draft.digestAt) ?? 480;
}

function settingsOf(draft: ChannelDraft) {
  return {
    name: draft.name,
    routes: draft.routes,
    quiet: quietOf(draft),
    digest_minute: digestMinuteOf(draft),
    weekly: draft.kind === "email" && draft.weekly,
  };
}

export function createBody(draft: ChannelDraft) {
  const destination = draft.kind === "pagerduty" && draft.destination === "" ? "us" : draft.destination;
  return {
    kind: draft.kind,
    destination,
    ...(draft.secret.trim() === "" ? {} : { secret: draft.secret }),
    ...settingsOf(draft),
  };
}

/** Only what was touched: an address that stays the same keeps its secret. */
export function changeBody(draft: ChannelDraft, before: ChannelRow) {
  const untouched = draftOf(before).destination;
  const moved = draft.destination.trim() !== "" && draft.destination.trim() !== untouched;
  return {
    ...settingsOf(draft),
    ...(moved ? { destination: draft.destination } : {}),
    ...(draft.secret.trim() === "" ? {} : { secret: draft.secret }),
  };
}

/** The address of a webhook or PagerDuty is another one and no secret was entered with it. */
export function wipesSecret(draft: ChannelDraft, before: ChannelRow | null): boolean {
  if (!before || (before.kind !== "webhook" && before.kind !== "pagerduty")) return false;
  return draft.secret.trim() === "" && draft.destination.trim() !== draftOf(before).destination;
}
