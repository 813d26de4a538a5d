import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createApiKey } from "@/lib/project/create-api-key";
import { listKeys } from "@/lib/project/queries";
import { createKeySchema, keySchema } from "@/lib/project/schema";

export const GET = defineRoute({
  policy: { capability: "key.manage" },
  response: z.object({ keys: z.array(keySchema) }),
  handler: async ({ ctx }) => ({ keys: await listKeys(ctx) }),
});

/** The answer holds the key itself, this once. */
export const POST = defineRoute({
  policy: { capability: "key.manage" },
  body: createKeySchema,
  example: { name: "Mail room, production", scopes: ["outputs:write"] },
  response: z.object({
    id: z.uuid(),
    token: z.string(),
    source: z.object({ id: z.uuid(), name: z.string(), recorded_history: z.boolean() }),
  }),
  status: 201,
  audit: "key.create",
  handler: ({ ctx, body }) => createApiKey(ctx, body),
});
