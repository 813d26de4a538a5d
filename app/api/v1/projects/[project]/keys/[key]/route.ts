import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { revokeApiKey } from "@/lib/project/create-api-key";

export const DELETE = defineRoute({
  policy: { capability: "key.manage" },
  params: z.strictObject({ key: z.uuid() }),
  audit: "key.revoke",
  handler: ({ ctx, params }) => revokeApiKey(ctx, params.key),
});
