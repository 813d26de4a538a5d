import { defineRoute } from "@/app/_boundary/route";
import { decideHeldSchema, settledHeldSchema } from "@/lib/ingest/held-schema";
import { heldParts } from "@/lib/ingest/held-parts";
import { settleHeld } from "@/lib/ingest/settle-held";

/** Settles the next hundred held records of a group as never to be used; their bytes and reasons stay. Safe to repeat. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: decideHeldSchema,
  example: { code: "TOO_DEEP", path: "", note: "Sent by a test." },
  response: settledHeldSchema,
  audit: "quarantine.discard",
  handler: ({ ctx, body: { note, ...filter } }) =>
    settleHeld(ctx, heldParts(ctx), filter, { kind: "discard", note }),
});
