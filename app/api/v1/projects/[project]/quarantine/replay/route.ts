import { defineRoute } from "@/app/_boundary/route";
import { heldParts } from "@/lib/ingest/held-parts";
import { replayHeldSchema, settledHeldSchema } from "@/lib/ingest/held-schema";
import { settleHeld } from "@/lib/ingest/settle-held";

/** Judges the next hundred held records of a group by the contract of now; those that keep it become outputs. Safe to repeat. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: replayHeldSchema,
  example: { code: "VALUE_UNSEEN_LABEL", path: "/output/label" },
  response: settledHeldSchema,
  audit: "quarantine.replay",
  handler: ({ ctx, body }) => settleHeld(ctx, heldParts(ctx), body, { kind: "replay" }),
});
