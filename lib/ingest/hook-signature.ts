import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isVisibleAscii } from "./idempotency";
import { onlyHeader, Refusal } from "./refusal";
import { standardKey } from "./source-secret";

const TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;
const MOST_ID_LENGTH = 200;

/** What the signature was made over, before the body is there. */
export interface SignedHead {
  /** The sender's id of this delivery; null when it sends none. */
  deliveryId: string | null;
  /** True when one of the secrets signed these bytes. All are tried, in constant time each. */
  signed(wire: Uint8Array, secrets: readonly string[]): boolean;
}

/** Standard Webhooks: `v1,<base64>` of HMAC-SHA256 over id.timestamp.body. @throws Refusal 400, 401 */
export function standardHead(request: IncomingMessage, now: Date): SignedHead {
  const id = onlyHeader(request, "webhook-id") ?? "";
  const timestamp = onlyHeader(request, "webhook-timestamp") ?? "";
  const sent = onlyHeader(request, "webhook-signature") ?? "";
  if (id === "" || timestamp === "" || sent === "") throw notSigned("Sign it as Standard Webhooks says.");
  if (!isVisibleAscii(id) || id.includes(".") || id.length > MOST_ID_LENGTH) {
    const sentence = `A webhook-id has 1 to ${MOST_ID_LENGTH} visible characters and no dot.`;
    throw new Refusal(400, "webhook_id", sentence, { close: true });
  }
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (!(Math.abs(now.getTime() / 1000 - seconds) <= TOLERANCE_SECONDS)) {
    const sentence = `The webhook-timestamp is no time within ${TOLERANCE_SECONDS} seconds of now.`;
    throw new Refusal(401, "timestamp", sentence, { close: true });
  }
  const signatures = sent.split(" ");
  if (signatures.length > MOST_SIGNATURES) {
    throw new Refusal(400, "signatures", `At most ${MOST_SIGNATURES} signatures can be sent.`, {
      close: true,
    });
  }
  const given = signatures.flatMap((each) =>
    each.startsWith("v1,") ? [Buffer.from(each.slice(3), "base64")] : [],
  );
  return {
    deliveryId: id,
    signed: (wire, secrets) =>
      matchesAny(given, secrets, (secret) =>
        createHmac("sha256", standardKey(secret)).update(`${id}.${timestamp}.`).update(wire).digest(),
      ),
  };
}

/** GitHub's `X-Hub-Signature-256: sha256=<hex>` over the body. It has no time: ids keep replays from counting twice. */
export function githubHead(request: IncomingMessage): SignedHead {
  const sent = onlyHeader(request, "x-hub-signature-256") ?? "";
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(sent)?.[1];
  if (hex === undefined) throw notSigned("Send X-Hub-Signature-256: sha256=… over the body.");
  const delivery = onlyHeader(request, "x-github-delivery") ?? "";
  return {
    deliveryId: isVisibleAscii(delivery) && delivery.length <= MOST_ID_LENGTH ? delivery : null,
    signed: (wire, secrets) =>
      matchesAny([Buffer.from(hex, "hex")], secrets, (secret) =>
        createHmac("sha256", secret).update(wire).digest(),
      ),
  };
}

function matchesAny(
  given: readonly Buffer[],
  secrets: readonly string[],
  sign: (secret: string) => Buffer,
): boolean {
  let matches = false;
  for (const secret of secrets) {
    const expected = sign(secret);
    for (const each of given) {
      if (each.length === expected.length && timingSafeEqual(each, expected)) matches = true;
    }
  }
  return matches;
}

export function notSigned(hint: string): Refusal {
  return new Refusal(401, "signature", `The signature is missing or does not fit. ${hint}`, { close: true });
}
