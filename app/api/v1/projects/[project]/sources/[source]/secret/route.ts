import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { rotateHookSecret } from "@/lib/ingest/rotate-hook-secret";
import { rotateSchema } from "@/lib/ingest/schema";

/** A new signing secret; the one in use goes on being accepted for a while. The answer holds it, this once. */
export const POST = defineRoute({
  policy: { capability: "key.manage" },
  params: z.strictObject({ source: z.uuid() }),
  body: rotateSchema,
  example: { overlap_hours: 24 },
  response: z.object({ secret: z.string() }),
  status: 201,
  audit: "source.rotate-secret",
  handler: ({ ctx, params, body }) => rotateHookSecret(ctx, params.source, body.overlap_hours),
});
