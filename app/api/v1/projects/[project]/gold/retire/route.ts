import { defineRoute } from "@/app/_boundary/route";
import { retireGold } from "@/lib/review/retire-gold";
import { retireGoldSchema } from "@/lib/review/setting-schema";

/** Takes a known item out of service. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: retireGoldSchema,
  example: { output_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1", occasion: 1 },
  audit: "gold.retire",
  handler: async ({ ctx, body }) => {
    await retireGold(ctx, { outputId: body.output_id, occasion: body.occasion, mistaken: body.mistaken });
  },
});
