import type { Ctx } from "@/lib/core/ctx";
import type { MachineDoor } from "@/lib/core/machine-door";
import { readJsonObject } from "./read-json-object";
import type { DoorParts } from "./outputs-door";
import { recordRelease, releaseSchema } from "./record-release";
import type { Sender } from "./sender";
import { serveRequest } from "./serve-request";

/** Makes the context of a use case for a machine. */
export type SenderCtx = (sender: Sender, requestId: string) => Ctx;

/** POST /api/v1/releases: 201, or 200 when the same release was told before. */
export function releasesDoor(parts: DoorParts, contextOf: SenderCtx): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(request, "outputs:write");
    const input = await readJsonObject(request, permit, releaseSchema);
    const { id, releasedAt, isNew } = await recordRelease(contextOf(sender, requestId), input);
    const { model, note } = input;
    const reply = { id, model, released_at: releasedAt.toISOString(), note: note ?? null };
    return { status: isNew ? 201 : 200, text: JSON.stringify(reply) };
  });
  return { method: "POST", path: "/api/v1/releases", handle };
}
