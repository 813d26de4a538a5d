import { pointerValue } from "@/lib/core/json-pointer";
import type { Mapping } from "./schema";

/** The record inside a foreign system's body, in our shape. What is not there stays absent, so that its reason names our field. */
export function mapRecord(mapping: Mapping, body: unknown): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const set = (name: string, value: unknown) => {
    if (value !== undefined) record[name] = value;
  };
  const id = pointerValue(body, mapping.id);
  set("id", typeof id === "number" && Number.isSafeInteger(id) ? String(id) : id);
  set("occurred_at", instantText(pointerValue(body, mapping.occurred_at), mapping.time_form));
  set("input", pointerValue(body, mapping.input));
  set("output", pointerValue(body, mapping.output));
  for (const name of ["confidence", "cluster", "ground_truth"] as const) {
    const path = mapping[name];
    if (path !== undefined) set(name, pointerValue(body, path));
  }
  const model: Record<string, unknown> = {};
  if (mapping.model_name !== undefined) model.name = pointerValue(body, mapping.model_name);
  if (mapping.model_version !== undefined) model.version = pointerValue(body, mapping.model_version);
  const parts = Object.entries(model).filter(([, value]) => value !== undefined && value !== null);
  if (parts.length > 0) record.model = Object.fromEntries(parts);
  const segments = Object.entries(mapping.segments).map(([name, path]) => [name, pointerValue(body, path)]);
  const known = segments.filter(([, value]) => value !== undefined);
  if (known.length > 0) record.segments = Object.fromEntries(known);
  return record;
}

/** A number is a time only where the mapping says in which unit. */
function instantText(value: unknown, form: Mapping["time_form"]): unknown {
  if (form === "rfc3339") return value;
  const number = typeof value === "string" && /^\d{1,16}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number") return value;
  const milliseconds = form === "seconds" ? number * 1000 : number;
  // Beyond this no Date exists.
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : value;
}
