import * as z from "zod";

/* Settling held records as pages and the API ask for it. Browser-safe. */

const instant = z.iso.datetime({ offset: true });

const group = {
  /** First reason's code and path: a group of the quarantine page. */
  code: z.string().max(64).optional(),
  path: z.string().max(1_000).optional(),
  kind: z.enum(["output", "truth"]).optional(),
  /** Received then or later, and before then. */
  from: instant.optional(),
  to: instant.optional(),
};

/** What the quarantine page shows, as its address says. */
export const heldQuerySchema = z.object(group);
export type HeldQuery = z.output<typeof heldQuerySchema>;

const filter = {
  ...group,
  ids: z.array(z.uuid()).min(1).max(100).optional(),
  /** `next` of the call before: one call settles a hundred. */
  after: z.uuid().optional(),
};
const note = z.string().trim().min(1, "Say why; it is kept with the records.").max(500);

export const replayHeldSchema = z.strictObject(filter);
export const decideHeldSchema = z.strictObject({ ...filter, note });

export const settledHeldSchema = z.strictObject({
  released: z.number().int(),
  held: z.number().int(),
  discarded: z.number().int(),
  next: z.uuid().nullable(),
});
