import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { contractVersions } from "@/lib/contract/queries";

/** Which contract judges what comes in; its rules hold values of the pilot and are for managers who are signed in. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Which version of the contract judges what comes in.",
  response: z.strictObject({
    /** Null: nothing is judged. */
    contract: z
      .strictObject({
        version: z.number().int(),
        rules: z.number().int(),
        published_at: z.iso.datetime(),
        note: z.string().nullable(),
      })
      .nullable(),
  }),
  handler: async ({ ctx }) => {
    const [newest] = await contractVersions(ctx);
    if (!newest) return { contract: null };
    const { version, definition, createdAt, note } = newest;
    return {
      contract: { version, rules: definition.rules.length, published_at: createdAt.toISOString(), note },
    };
  },
});
