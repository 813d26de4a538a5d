import { hash } from "node:crypto";
import type pg from "pg";
import type { MachineDoor } from "@/lib/core/machine-door";
import { type Admission, createAdmission, DEFAULT_ADMISSION } from "./admission";
import { type KeyAuthenticator, keyAuthenticator } from "./authenticate";
import { type CommitQueue, createCommitQueue } from "./commit-queue";
import { idempotencyKey } from "./idempotency";
import { ingestOutputs } from "./ingest-outputs";
import type { KeyRateLimit } from "./key-rate-limit";
import type { IngestParts } from "./prepared";
import { bodyForm, wantsStrict, readBody } from "./read-body";
import { type RefusalCounter, refusalCounter } from "./refusal-counter";
import { serveRequest } from "./serve-request";

/** What the doors share in one process. */
export interface DoorParts extends IngestParts {
  admission: Admission;
  authenticate: KeyAuthenticator;
  rateLimit: KeyRateLimit;
  queue: CommitQueue;
  refusals: RefusalCounter;
}

export function doorParts(
  connections: pg.Pool,
  given: IngestParts & Pick<DoorParts, "rateLimit">,
): DoorParts {
  return {
    admission: createAdmission(DEFAULT_ADMISSION),
    authenticate: keyAuthenticator(connections),
    queue: createCommitQueue(connections),
    refusals: refusalCounter(connections),
    ...given,
  };
}

const KEPT_DAYS = 7;

/** POST /api/v1/outputs: 202 says that every record is on disk as accepted, duplicate, conflict or quarantined. */
export function outputsDoor(parts: DoorParts): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(request, "outputs:write");
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    return parts.refusals.watch(sender, async () => {
      const form = bodyForm(request);
      const key = idempotencyKey(request);
      const { bytes } = await readBody(request, permit);
      const text = await ingestOutputs(parts, sender, {
        bytes,
        form,
        requestId,
        strict: wantsStrict(request),
        idempotency: key === null ? null : { key, bodyHash: hash("sha256", bytes, "hex"), days: KEPT_DAYS },
      });
      return { status: 202, text, headers };
    });
  });
  return { method: "POST", path: "/api/v1/outputs", handle };
}
