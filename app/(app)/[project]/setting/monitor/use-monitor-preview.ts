"use client";

import { usePreview } from "@/components/form/use-preview";
import { type MonitorMeaning, monitorMeaningSchema, monitorSettingsSchema } from "@/lib/monitor/schema";

import type { TypedSettings } from "./monitor-draft";

const read = (settings: unknown) => monitorSettingsSchema.safeParse(settings).data ?? null;
const parse = (answer: unknown) => monitorMeaningSchema.parse(answer);

/** What the settings would mean, asked from the server after a pause in typing. */
export function useMonitorPreview(
  slug: string,
  wanted: TypedSettings,
  saved: TypedSettings,
  ofSaved: MonitorMeaning,
) {
  const path = `/api/v1/projects/${slug}/monitor/preview`;
  return usePreview({ path, wanted, saved, ofSaved, read, parse });
}
