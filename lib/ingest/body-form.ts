import type { IncomingMessage } from "node:http";
import type { BodyForm } from "./record-scanner";
import { Refusal } from "./refusal";

const FORMS = new Map<string, BodyForm>([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/ndjson", "ndjson"],
  ["application/jsonl", "ndjson"],
  ["application/json-lines", "ndjson"],
]);

/** What the media type says about the body. @throws Refusal 415 */
export function bodyForm(request: IncomingMessage): BodyForm {
  const [type = "", ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  const form = FORMS.get(type.trim());
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  if (form && (charset === undefined || /^charset="?utf-?8"?$/.test(charset))) return form;
  throw new Refusal(415, "media_type", "Send application/json or application/x-ndjson, in UTF-8.", {
    close: true,
    headers: { Accept: "application/json, application/x-ndjson" },
  });
}

/** RFC 7240. */
export function wantsStrict(request: IncomingMessage): boolean {
  const sent = request.headers.prefer;
  return sent !== undefined && /(^|[,;\s])handling\s*=\s*"?strict"?\s*($|[,;])/i.test(String(sent));
}
