import { defineRoute } from "@/app/_boundary/route";
import { suggestionsSchema } from "@/lib/contract/suggestion-schema";
import { suggestRevisions } from "@/lib/drift/suggest-revisions";

/** What is new since the contract in force and stays, with what reviewers say about such outputs. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: suggestionsSchema,
  handler: ({ ctx }) => suggestRevisions(ctx),
});
