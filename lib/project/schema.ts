import * as z from "zod";
import { KEY_SCOPES } from "./permission";

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** Compatibility forms are folded before anything is compared: a full-width ＠ is an @. */
export const emailSchema = z
  .string()
  .max(254)
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("This is not an e-mail address."));

export const personNameSchema = z.string().trim().min(1, "A name is needed.").max(80);

/** Length only; what makes a password too easy is judged where it is set. */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`);

export const roleSchema = z.enum(["MANAGER", "REVIEWER", "VIEWER"]);

export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "This link is not complete.");

/** First parts of addresses that belong to the product itself, so no project can have them as its own. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  "account",
  "admin",
  "api",
  "docs",
  "favicon",
  "health",
  "help",
  "icon",
  "invite",
  "new",
  "project",
  "projects",
  "setting",
  "settings",
  "setup",
  "sign-in",
  "sign-out",
  "static",
]);

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, "Use lower-case letters, digits and hyphens.")
  .refine((slug) => !RESERVED_SLUGS.has(slug), "This address belongs to Assay itself.");

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, "This time zone is not known; use a name such as Europe/Berlin.");

function isTimeZone(name: string): boolean {
  // Fixed offsets ("+02:00") are accepted by Intl but not by every PostgreSQL function that we use.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const projectNameSchema = z.string().trim().min(1, "A name is needed.").max(80);

export const createProjectSchema = z.strictObject({
  name: projectNameSchema,
  time_zone: timeZoneSchema.default("UTC"),
  /** Reviews that the team can do in a week; changed later in the sampling plan. */
  reviews_per_week: z.int().min(1).max(1_000_000).optional(),
  expected_per_day: z.int().min(1).max(100_000_000).optional(),
  /** For replays that must be repeatable: the same seed draws the same sample from the same outputs. */
  sampling_seed: z.string().min(1).max(100).optional(),
});
export type CreateProjectInput = z.output<typeof createProjectSchema>;

export const truthCoverageSchema = z.enum(["SELECTED", "COMPLETE"]);

export const updateProjectSchema = z
  .strictObject({
    name: projectNameSchema,
    time_zone: timeZoneSchema,
    truth_coverage: truthCoverageSchema,
    reviewers_see_charts: z.boolean(),
    viewers_see_payloads: z.boolean(),
  })
  .partial();
export type UpdateProjectInput = z.output<typeof updateProjectSchema>;

export const createKeySchema = z
  .strictObject({
    name: z.string().trim().min(1, "A name is needed.").max(80),
    scopes: z.array(z.enum(KEY_SCOPES)).min(1, "Choose at least one permission.").max(KEY_SCOPES.length),
    /** An existing source; without one, `new_source` or the project's default source "API" counts what this key sends. */
    source_id: z.uuid().optional(),
    new_source: z
      .strictObject({ name: z.string().trim().min(1).max(80), recorded_history: z.boolean().default(false) })
      .optional(),
    expires_in_days: z.int().min(1).max(3650).optional(),
  })
  .refine((key) => !(key.source_id && key.new_source), {
    path: ["new_source"],
    message: "Choose one source.",
  });
export type CreateKeyInput = z.output<typeof createKeySchema>;

/** A date leaves as ISO 8601 text. */
export const instant = z.date().transform((at) => at.toISOString());
export const instantOrNull = z
  .date()
  .nullable()
  .transform((at) => at?.toISOString() ?? null);

export const projectListItemSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  time_zone: z.string(),
  is_demo: z.boolean(),
  role: roleSchema.nullable(),
});

export const projectSchema = projectListItemSchema.omit({ role: true }).extend({
  truth_coverage: truthCoverageSchema,
  reviewers_see_charts: z.boolean(),
  viewers_see_payloads: z.boolean(),
  created_at: instant,
});

export const memberSchema = z.object({
  user_id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  disabled: z.boolean(),
  since: instant,
});
export type Member = z.input<typeof memberSchema>;

export const inviteSchema = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  role: roleSchema.nullable(),
  is_admin: z.boolean(),
  created_at: instant,
  expires_at: instant,
});

/** The token is shown in this one answer and never again. */
export const newInviteSchema = z.object({ id: z.uuid(), path: z.string(), expires_at: instant });

export const personSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  is_admin: z.boolean(),
  disabled: z.boolean(),
  signs_in_with: z.enum(["password", "provider", "none"]),
  projects: z.array(z.object({ slug: z.string(), name: z.string(), role: roleSchema })),
  last_seen_at: instantOrNull,
  sign_ins: z.int(),
});

export const keySchema = z.object({
  id: z.uuid(),
  key_id: z.string(),
  last_four: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  source: z.object({ id: z.uuid(), name: z.string(), recorded_history: z.boolean() }),
  created_at: instant,
  created_by: z.string().nullable(),
  expires_at: instantOrNull,
  last_used_at: instantOrNull,
  state: z.enum(["active", "expired", "revoked"]),
});

export const auditEventSchema = z.object({
  seq: z.string(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  object_kind: z.string(),
  object_id: z.string().nullable(),
  /** Of a person: their name now. */
  object_name: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** `before`: number of the last line seen. */
export const auditQuerySchema = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt)
    .optional(),
});
