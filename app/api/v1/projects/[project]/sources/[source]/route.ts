import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changeSource } from "@/lib/ingest/change-source";
import { changeSourceSchema } from "@/lib/ingest/schema";

export const PATCH = defineRoute({
  policy: { capability: "key.manage" },
  params: z.strictObject({ source: z.uuid() }),
  body: changeSourceSchema,
  example: { disabled: true },
  audit: "source.disable",
  handler: ({ ctx, params, body }) => changeSource(ctx, params.source, body),
});
