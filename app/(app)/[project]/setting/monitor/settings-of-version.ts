import type { MonitorSettings, MonitorVersion } from "@/lib/monitor/schema";

/** What a version would say if it were saved again. */
export function settingsOfVersion(version: MonitorVersion): MonitorSettings {
  const { attributes, floor, tolerance, accepted_per_year, unsure_counts_wrong } = version;
  return { attributes, floor, tolerance, accepted_per_year, unsure_counts_wrong };
}
