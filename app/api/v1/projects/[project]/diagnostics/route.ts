import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { SHOWN_OUTPUTS } from "@/lib/incident/output-schema";
import { incidentOutputIds } from "@/lib/incident/incident-outputs";
import { matchingOutputIds } from "@/lib/output/matching-ids";
import { outputFilterSchema } from "@/lib/output/schema";
import { pickedOutputsSchema, pickedSchema, pickSchema } from "@/lib/review/diagnostic-schema";
import { MOST_PICKED } from "@/lib/review/most-picked";
import { pickOutputs } from "@/lib/review/pick-outputs";

const body = z.discriminatedUnion("origin", [
  pickSchema.extend({
    origin: z.enum(["selection", "output", "quarantine"]),
    outputs: pickedOutputsSchema,
  }),
  /** The newest that match. */
  pickSchema.extend({ origin: z.literal("filter"), filter: outputFilterSchema }),
  /** The reviews behind it, wrong ones first. */
  pickSchema.extend({ origin: z.literal("incident"), incident: z.uuid(), show: z.enum(SHOWN_OUTPUTS) }),
]);

interface Found {
  ids: readonly string[];
  matching: number;
  originRef?: string;
}

/** Puts outputs into the queue of those picked by hand, with a note; they never count in any accuracy. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body,
  example: {
    batch_id: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee6",
    note: "Is the currency read from the right column?",
    origin: "selection",
    outputs: ["0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1"],
  },
  response: pickedSchema,
  audit: "diagnostic.pick",
  handler: async ({ ctx, can, body: { batch_id, note, ...asked } }) => {
    const { ids, matching, originRef } = await findAsked(ctx, asked, can("payload.read"));
    if (ids.length === 0)
      throw new AppError("INVALID", "No output matches, so there is nothing to look at.", {
        reason: "nothing_found",
      });
    const counts = await pickOutputs(ctx, {
      batchId: batch_id,
      note,
      origin: asked.origin,
      outputIds: ids,
      ...(originRef === undefined ? {} : { originRef }),
    });
    return {
      batch_id,
      picked: counts.picked,
      already_waiting: counts.alreadyWaiting,
      not_found: counts.notFound,
      left_out: matching - ids.length,
    };
  },
});

type Asked =
  z.output<typeof body> extends infer B ? (B extends unknown ? Omit<B, "batch_id" | "note"> : never) : never;

async function findAsked(ctx: Ctx, asked: Asked, withPayload: boolean): Promise<Found> {
  if (asked.origin === "filter") {
    const { filter } = asked;
    const found = await matchingOutputIds(ctx, filter, { limit: MOST_PICKED, withPayload });
    return { ...found, originRef: JSON.stringify(filter) };
  }
  if (asked.origin !== "incident") return { ids: asked.outputs, matching: asked.outputs.length };
  const found = await incidentOutputIds(ctx, asked.incident, asked.show, MOST_PICKED);
  if (!found) throw new AppError("NOT_FOUND", "This incident does not exist.");
  return { ...found, originRef: asked.incident };
}
