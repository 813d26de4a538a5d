import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { lastDays } from "@/lib/estimate/last-days";
import { segmentTableSchema } from "@/lib/estimate/schema";
import { segmentTable } from "@/lib/estimate/segment-table";

const USUAL_DAYS = 30;
const day = z.iso.date();

/** Every segment value in one window, its distance from the pilot and its recent weeks; the busiest hundred. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary:
    "Every segment value with its accuracy in one window, its distance from the pilot and its recent weeks.",
  query: z
    .strictObject({
      /** Days of the project's time zone, both belong to it; the last 30 by default. */
      from: day.optional(),
      to: day.optional(),
      /** Only the values of this attribute. */
      attribute: z.string().min(1).max(200).optional(),
    })
    .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? ""), {
      path: ["to"],
      message: "Give both days, the earlier one as from.",
    }),
  response: segmentTableSchema,
  handler: async ({ ctx, query: { from, to, attribute } }) => {
    const window = from && to ? { from, to } : await lastDays(ctx, USUAL_DAYS);
    return segmentTable(ctx, { ...window, attribute });
  },
});
