import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { removePicked } from "@/lib/review/change-picked";
import { changedPickedSchema, changePickedSchema } from "@/lib/review/diagnostic-schema";

/** Takes hand-picked outputs that nobody has judged off the queue; all of the question, or those named. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ batch: z.uuid() }),
  body: changePickedSchema,
  example: {},
  response: changedPickedSchema,
  audit: "diagnostic.remove",
  handler: async ({ ctx, params, body }) => ({
    changed: await removePicked(ctx, { batchId: params.batch, outputIds: body.outputs }),
  }),
});
