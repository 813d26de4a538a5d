import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { RefusedRequest } from "./problem";

export const DEFAULT_BODY_BYTES = 1024 * 1024;

/** The body as a JSON value, read no further than the limit. @throws RefusedRequest 400 or 413 */
export async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  const bytes = await readBytes(request, limitBytes);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new RefusedRequest(400, "json_syntax", "The body is not valid JSON.");
  }
}

async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new RefusedRequest(413, "body_too_large", `The body may have at most ${limitBytes} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > limitBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
}

/** Query parameters as a flat object. A parameter given twice is an array, which no scalar schema accepts. */
export function readQuery(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URL(url).searchParams) {
    const known = query[name];
    query[name] = known === undefined ? value : [known, value].flat();
  }
  return { ...query };
}

/** Parses with a message per field. @throws AppError INVALID */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  let unexpected = false;
  for (const issue of parsed.error.issues) {
    const unknownKeys = issue.code === "unrecognized_keys" ? issue.keys : [];
    unexpected ||= unknownKeys.length > 0;
    for (const key of unknownKeys) fields[[...issue.path, key].join(".")] ??= "This field is not known here.";
    if (unknownKeys.length === 0) fields[issue.path.join(".") || "body"] ??= issue.message;
  }
  const sentence =
    Object.values(fields).length === 1
      ? Object.entries(fields).map(([name, text]) => `${name}: ${text}`)[0]
      : null;
  throw new AppError("INVALID", sentence ?? "Some of the values cannot be used.", {
    reason: unexpected ? "unexpected_field" : "invalid_value",
    fields,
  });
}
