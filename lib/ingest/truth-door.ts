import type pg from "pg";
import type { MachineDoor } from "@/lib/core/machine-door";
import type { DoorParts } from "./outputs-door";
import { bodyForm, readBody } from "./read-body";
import { recordTruths } from "./record-truths";
import { serveRequest } from "./serve-request";

/** POST /api/v1/ground-truth: what was right, by the output's id; one object, an array, a batch or NDJSON. */
export function truthDoor(parts: DoorParts, pool: pg.Pool): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(request, "truth:write");
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    const form = bodyForm(request);
    const { bytes } = await readBody(request, permit);
    const text = await recordTruths(pool, sender, { bytes, form, requestId });
    return { status: 202, text, headers };
  });
  return { method: "POST", path: "/api/v1/ground-truth", handle };
}
