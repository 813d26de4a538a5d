import { defineRoute } from "@/app/_boundary/route";
import { makeGold } from "@/lib/review/make-gold";
import { madeGoldSchema, newGoldSchema } from "@/lib/review/setting-schema";

/** Makes known items of samples whose right answer is known. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: newGoldSchema,
  example: { items: [{ output_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1", seeded: true }] },
  response: madeGoldSchema,
  audit: "gold.make",
  handler: async ({ ctx, body }) => {
    const wishes = body.items.map((item) => ({ outputId: item.output_id, seeded: item.seeded }));
    const { made, refused } = await makeGold(ctx, wishes);
    return {
      made: made.map((each) => ({
        output_id: each.outputId,
        occasion: each.occasion,
        seeded_field: each.seededField,
      })),
      refused: refused.map((each) => ({ output_id: each.outputId, reason: each.reason })),
    };
  },
});
