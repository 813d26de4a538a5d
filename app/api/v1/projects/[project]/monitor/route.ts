import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changeMonitorPlan } from "@/lib/monitor/change-monitor-plan";
import { listMonitorVersions, readMonitorVersion } from "@/lib/monitor/monitor-queries";
import { monitoringState } from "@/lib/monitor/monitoring-state";
import { changeMonitorSchema, monitoringStateSchema, monitorVersionSchema } from "@/lib/monitor/schema";

/** Whether the monitors run, and the versions of what is watched, the one in force first. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Whether the monitors run, and the versions of what is watched.",
  response: z.object({ state: monitoringStateSchema, versions: z.array(monitorVersionSchema) }),
  handler: async ({ ctx }) => ({
    state: await monitoringState(ctx),
    versions: await listMonitorVersions(ctx),
  }),
});

/** Saves a new version; an earlier one comes back by being saved again. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: changeMonitorSchema,
  example: {
    base_version: 1,
    attributes: ["device"],
    floor: null,
    tolerance: 0.01,
    accepted_per_year: 0.5,
    unsure_counts_wrong: false,
    note: "Watch devices too",
  },
  response: monitorVersionSchema,
  status: 201,
  audit: "monitor.change",
  handler: async ({ ctx, body }) => {
    const { version } = await changeMonitorPlan(ctx, body);
    return readMonitorVersion(ctx, version);
  },
});
