import type { IncomingMessage } from "node:http";
import type * as z from "zod";
import type { Permit } from "./admission";
import { bodyForm, readBody } from "./read-body";
import { Refusal } from "./refusal";

/** The one object of a small body. @throws Refusal 400 when it is no JSON, 422 naming the fields that are wrong */
export async function readJsonObject<S extends z.ZodType>(
  request: IncomingMessage,
  permit: Permit,
  schema: S,
): Promise<z.output<S>> {
  bodyForm(request);
  const { bytes } = await readBody(request, permit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, "invalid_json", "The body is not valid JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = Object.create(null);
  for (const { path, message } of parsed.error.issues.slice(0, 32))
    fields[path.join(".").slice(0, 200)] = message;
  throw new Refusal(422, "invalid_fields", "Some fields are not right.", { details: { fields } });
}
