import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { restorePicked } from "@/lib/review/change-picked";
import { changedPickedSchema, changePickedSchema } from "@/lib/review/diagnostic-schema";

/** Puts back what was taken off. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ batch: z.uuid() }),
  body: changePickedSchema,
  example: {},
  response: changedPickedSchema,
  audit: "diagnostic.restore",
  handler: async ({ ctx, params, body }) => ({
    changed: await restorePicked(ctx, { batchId: params.batch, outputIds: body.outputs }),
  }),
});
