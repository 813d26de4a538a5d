import { hash } from "node:crypto";
import type { MachineDoor } from "@/lib/core/machine-door";
import type { HookFinder } from "./authenticate-hook";
import { databaseNow } from "./database-clock";
import { githubHead, notSigned, standardHead } from "./hook-signature";
import { ingestOutputs } from "./ingest-outputs";
import { mapRecord } from "./map-record";
import type { DoorParts } from "./outputs-door";
import { bodyForm, readBody } from "./read-body";
import { Refusal } from "./refusal";
import { serveRequest } from "./serve-request";

/** Longer than any sender retries; the records' own ids keep later replays from counting. */
const KEPT_DAYS = 30;

/** POST /api/v1/hooks/{source}: another system's own webhook, trusted by its signature over the bytes as sent. */
export function hooksDoor(parts: DoorParts, findHook: HookFinder): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, params, permit, requestId }) => {
    const hook = await findHook(params.source ?? "");
    if (!hook) throw new Refusal(404, "unknown_source", "There is no hook at this address.", { close: true });
    const { sender, signature, mapping } = hook;
    const head = signature === "GITHUB" ? githubHead(request) : standardHead(request, databaseNow());
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    const { wire, bytes } = await readBody(request, permit);
    if (!head.signed(wire, hook.secrets())) throw notSigned("Compute it over the bytes of the body.");
    return parts.refusals.watch(sender, async () => {
      const key = head.deliveryId;
      const text = await ingestOutputs(parts, sender, {
        bytes,
        form: bodyForm(request),
        requestId,
        strict: false,
        idempotency:
          key === null
            ? null
            : { key: `webhook:${key}`, bodyHash: hash("sha256", bytes, "hex"), days: KEPT_DAYS },
        ...(mapping ? { mapValue: (value) => mapRecord(mapping, value) } : {}),
      });
      return { status: 202, text, headers };
    });
  });
  return { method: "POST", path: "/api/v1/hooks/[source]", handle };
}
