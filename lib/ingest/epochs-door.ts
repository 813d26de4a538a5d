import * as z from "zod";
import type { MachineDoor } from "@/lib/core/machine-door";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import type { DoorParts } from "./outputs-door";
import { readJsonObject } from "./read-json-object";
import type { SenderCtx } from "./releases-door";
import { serveRequest } from "./serve-request";

export const closeSchema = z.strictObject({
  /** Days that ended at this instant or before; all days, unless said otherwise. */
  before: z.iso.datetime({ offset: true }).optional(),
});

/** The last day that a recorded stream can have. */
const END_OF_TIME = new Date("9999-12-31T00:00:00Z");

/**
 * POST /api/v1/epochs/close: the sender of recorded history says that days are complete, so that their rates are settled and the
 * queue holds what they need. Days of live traffic close by themselves.
 */
export function epochsDoor(parts: DoorParts, contextOf: SenderCtx): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(request, "outputs:write");
    const { before } = await readJsonObject(request, permit, closeSchema);
    const { db, project } = contextOf(sender, requestId);
    const closed = await closeEpochs(db, project.id, "RECORDED", before ? new Date(before) : END_OF_TIME);
    return { status: 200, text: JSON.stringify({ request_id: requestId, closed }) };
  });
  return { method: "POST", path: "/api/v1/epochs/close", handle };
}
