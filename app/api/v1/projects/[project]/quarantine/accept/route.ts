import { defineRoute } from "@/app/_boundary/route";
import { decideHeldSchema, settledHeldSchema } from "@/lib/ingest/held-schema";
import { heldParts } from "@/lib/ingest/held-parts";
import { settleHeld } from "@/lib/ingest/settle-held";

/** Takes the next hundred held records of a group as flagged outputs, this once and in spite of the contract. Safe to repeat. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: decideHeldSchema,
  example: { code: "VALUE_UNSEEN_LABEL", path: "/output/label", note: "A test of the new label." },
  response: settledHeldSchema,
  audit: "quarantine.accept",
  handler: ({ ctx, body: { note, ...filter } }) =>
    settleHeld(ctx, heldParts(ctx), filter, { kind: "accept", note }),
});
