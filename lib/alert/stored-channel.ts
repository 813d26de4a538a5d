import type { AlertChannel } from "@/lib/db/generated/client";
import * as z from "zod";
import type { PlannedChannel } from "./plan-delivery";
import { type QuietHours, quietSchema, routesSchema } from "./schema";

/** A channel's settings out of its row. */
export function plannedChannel(row: AlertChannel): PlannedChannel {
  return {
    routes: routesSchema.parse(row.routes),
    quiet: storedQuiet(row.quiet),
    digestMinute: row.digestMinute,
    mutedUntil: row.mutedUntil,
  };
}

export function storedQuiet(value: unknown): QuietHours | null {
  return z.nullable(quietSchema).parse(value ?? null);
}

/** Channels that get messages: neither removed nor switched off. */
export const LIVE = { deletedAt: null, disabledAt: null } as const;
