import * as z from "zod";

export const PICTURES = ["badge", "chart"] as const;
export type Picture = (typeof PICTURES)[number];

export const createLinkSchema = z.strictObject({
  name: z.string().trim().min(1, "Give it a name.").max(80),
  picture: z.enum(PICTURES),
  /** Both "" for all outputs. */
  attribute: z.string().max(200).default(""),
  value: z.string().max(200).default(""),
  /** Left out: no end. */
  expires_in_days: z.number().int().min(1).max(3_650).optional(),
});
export type CreateLinkInput = z.output<typeof createLinkSchema>;

const instant = z.iso.datetime({ offset: true });

export const linkSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  picture: z.enum(PICTURES),
  attribute: z.string(),
  value: z.string(),
  created_at: instant,
  created_by: z.string().nullable(),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
  state: z.enum(["active", "expired", "revoked"]),
});
export type LinkRow = z.output<typeof linkSchema>;

export const createdLinkSchema = z.strictObject({
  id: z.uuid(),
  /** Path of the picture with its token: shown in this one answer. */
  path: z.string(),
});
