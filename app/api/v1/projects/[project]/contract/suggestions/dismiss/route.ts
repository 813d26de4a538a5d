import { defineRoute } from "@/app/_boundary/route";
import { dismissSuggestion } from "@/lib/contract/dismiss-suggestion";
import { dismissSuggestionSchema, suggestionsSchema } from "@/lib/contract/suggestion-schema";
import { suggestRevisions } from "@/lib/drift/suggest-revisions";

/** Dismisses a suggestion; it comes back when its share of the outputs has doubled. Answers those that are left. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: dismissSuggestionSchema,
  example: { key: "VALUE_UNSEEN_CATEGORY /input/city Lyon", share: 0.04, note: "A test of the sender." },
  response: suggestionsSchema,
  audit: "contract.dismiss-suggestion",
  handler: async ({ ctx, body }) => {
    await dismissSuggestion(ctx, body);
    return suggestRevisions(ctx);
  },
});
