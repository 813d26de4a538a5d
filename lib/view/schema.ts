import * as z from "zod";

/* Shapes of saved views. Browser-safe. */

export const VIEW_KINDS = ["outputs", "accuracy"] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** As many of one kind a person may keep, and a project. */
export const MOST_VIEWS = 50;

const nameSchema = z
  .string()
  .trim()
  .min(1, "Give the view a name.")
  .max(80, "A name has at most 80 characters.");

/** What stands behind the page's own address; never an address itself, so that a view leads nowhere else. */
const querySchema = z
  .string()
  .max(4_000)
  .regex(/^(?:\?[^#\s\p{Cc}]*)?$/u, "must begin with ? or be empty");

export const saveViewSchema = z.strictObject({
  kind: z.enum(VIEW_KINDS),
  name: nameSchema,
  query: querySchema,
  /** For everybody in the project; only managers may. */
  shared: z.boolean(),
});

export const renameViewSchema = z.strictObject({ name: nameSchema });

export const viewSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(VIEW_KINDS),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
});

export const viewListSchema = z.strictObject({
  /** Those of everybody first, each by name. */
  views: z.array(viewSchema),
  /** Whether the asker may keep views for everybody. */
  may_share: z.boolean(),
});

export type SaveViewInput = z.output<typeof saveViewSchema>;
export type SavedViewRow = z.output<typeof viewSchema>;
