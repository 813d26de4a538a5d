import { defineRoute } from "@/app/_boundary/route";
import { previewMonitor } from "@/lib/monitor/preview-monitor";
import { monitorMeaningSchema, monitorSettingsSchema } from "@/lib/monitor/schema";

/** What some settings would mean: boundaries, and after how many reviews a drop would be found. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: monitorSettingsSchema,
  example: {
    attributes: ["device"],
    floor: null,
    tolerance: 0.01,
    accepted_per_year: 0.5,
    unsure_counts_wrong: false,
  },
  response: monitorMeaningSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => previewMonitor(ctx, body),
});
