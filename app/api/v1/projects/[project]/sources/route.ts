import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createHook } from "@/lib/ingest/create-hook";
import { listSources } from "@/lib/ingest/queries";
import { createdHookSchema, createHookSchema, sourceSchema } from "@/lib/ingest/schema";

export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: z.object({ sources: z.array(sourceSchema) }),
  handler: async ({ ctx }) => ({ sources: await listSources(ctx) }),
});

/** Makes a hook. The answer holds its signing secret, this once. */
export const POST = defineRoute({
  policy: { capability: "key.manage" },
  body: createHookSchema,
  example: { name: "Ticket system" },
  response: createdHookSchema,
  status: 201,
  audit: "source.create",
  handler: ({ ctx, body }) => createHook(ctx, body),
});
