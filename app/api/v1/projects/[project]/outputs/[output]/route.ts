import * as z from "zod";

import { nothingHere } from "@/app/_boundary/problem";
import { defineRoute } from "@/app/_boundary/route";
import { readOutput } from "@/lib/output/read-output";
import { outputDetailSchema } from "@/lib/output/schema";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "One output with its reviews, truth and flags.",
  params: z.strictObject({ output: z.uuid() }),
  response: outputDetailSchema,
  handler: async ({ ctx, params, can }) => {
    const output = await readOutput(ctx, params.output, can("payload.read"));
    if (!output) throw nothingHere();
    return output;
  },
});
