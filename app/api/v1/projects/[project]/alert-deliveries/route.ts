import { defineRoute } from "@/app/_boundary/route";
import { listDeliveries } from "@/lib/alert/queries";
import { deliveryListSchema, deliveryQuerySchema } from "@/lib/alert/schema";

export const GET = defineRoute({
  policy: { capability: "project.manage" },
  query: deliveryQuerySchema,
  response: deliveryListSchema,
  handler: ({ ctx, query }) => listDeliveries(ctx, query),
});
