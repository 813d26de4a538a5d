import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { removeRelease } from "@/lib/ingest/mark-release";

/** Takes a marker away again. */
export const DELETE = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ release: z.uuid() }),
  audit: "release.remove",
  handler: ({ ctx, params: { release } }) => removeRelease(ctx, release),
});
