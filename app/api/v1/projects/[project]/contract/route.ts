import { defineRoute } from "@/app/_boundary/route";
import { contractJson, draftJson } from "@/lib/contract/contract-json";
import { publishContract } from "@/lib/contract/publish-contract";
import { contractDraft, contractVersions } from "@/lib/contract/queries";
import { contractsSchema, contractVersionSchema, publishContractSchema } from "@/lib/contract/wire-schema";

/** A contract may name many fields with many values each. */
const BODY_BYTES = 2 * 1024 * 1024;

/** The newest twenty versions, newest first (the first one judges what comes in), and what the last inference from the pilot gave. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: contractsSchema,
  handler: async ({ ctx }) => {
    const [versions, draft] = await Promise.all([contractVersions(ctx), contractDraft(ctx)]);
    return { versions: versions.map((each) => contractJson(each, each.createdBy)), draft: draftJson(draft) };
  },
});

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: publishContractSchema,
  bodyLimitBytes: BODY_BYTES,
  example: {
    definition: { rules: [{ rule: "required", path: "/input/text", origin: "locked" }] },
    note: "Without a text there is nothing to judge.",
    base_version: 0,
  },
  response: contractVersionSchema,
  status: 201,
  audit: "contract.publish",
  handler: async ({ ctx, body }) => {
    const { definition, note, base_version: baseVersion } = body;
    const published = await publishContract(ctx, { definition, note, baseVersion });
    return contractJson(published, ctx.actor.kind === "user" ? ctx.actor.name : null);
  },
});
