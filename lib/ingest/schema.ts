import * as z from "zod";

/*
 * How a hook reads the bodies of a foreign system, and what the JSON API says about sources. Browser-safe.
 */

/** RFC 6901: "" is the whole body, "/data/id" a member of a member. */
const pointer = z
  .string()
  .max(300)
  .regex(/^(\/([^~/]|~[01])*)*$/, "This is no path. Write /data/id, or leave it empty for the whole body.");

export const TIME_FORMS = ["rfc3339", "seconds", "milliseconds"] as const;

/** Where our fields are in the sender's body. What no path leads to is not kept. */
export const mappingSchema = z.strictObject({
  id: pointer,
  occurred_at: pointer,
  /** How the sender writes that time; a number is seconds or milliseconds since 1970. */
  time_form: z.enum(TIME_FORMS).default("rfc3339"),
  input: pointer,
  output: pointer,
  confidence: pointer.optional(),
  cluster: pointer.optional(),
  model_name: pointer.optional(),
  model_version: pointer.optional(),
  ground_truth: pointer.optional(),
  /** Segment name to path. */
  segments: z
    .record(z.string().min(1).max(200), pointer)
    .refine((segments) => Object.keys(segments).length <= 32, "At most 32 segments.")
    .default({}),
});
export type Mapping = z.output<typeof mappingSchema>;

export const SIGNATURES = ["STANDARD", "GITHUB"] as const;

const sourceName = z.string().trim().min(1, "A name is needed.").max(80);

export const createHookSchema = z.strictObject({
  name: sourceName,
  signature: z.enum(SIGNATURES).default("STANDARD"),
  /** Without one the body must have the shape of POST /api/v1/outputs. */
  mapping: mappingSchema.nullable().default(null),
});
export type CreateHookInput = z.output<typeof createHookSchema>;

export const rotateSchema = z.strictObject({
  /** How long the secret in use goes on being accepted. */
  overlap_hours: z.int().min(0).max(168).default(24),
});

export const changeSourceSchema = z.strictObject({ disabled: z.boolean() });
export type ChangeSourceInput = z.output<typeof changeSourceSchema>;

/** Where a hook listens. */
export function hookAddress(hookPath: string): string {
  return `/api/v1/hooks/${hookPath}`;
}

/** Address and secret: the secret is shown in this one answer. */
export const createdHookSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  path: z.string(),
  secret: z.string(),
});

const instant = z.date().transform((at) => at.toISOString());

export const sourceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["API", "HOOK"]),
  name: z.string(),
  /** Of a hook: its address. */
  path: z.string().nullable(),
  signature: z.enum(SIGNATURES).nullable(),
  has_mapping: z.boolean(),
  recorded_history: z.boolean(),
  created_at: instant,
  disabled_at: instant.nullable(),
  /** The last hour in which it sent something. */
  last_hour: instant.nullable(),
  /** Signing secrets that are accepted now. */
  secrets: z.array(z.object({ created_at: instant, expires_at: instant.nullable() })),
  /** Keys that send as this source and are in use. */
  keys: z.int(),
});
export type SourceView = z.input<typeof sourceSchema>;
