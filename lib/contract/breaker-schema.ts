import * as z from "zod";

/* Breakers as pages and the API take and answer them. Browser-safe. */

const note = z.string().trim().max(500);

export const BREAKER_DECISIONS = ["hold", "accept", "sender"] as const;
export type BreakerDecision = (typeof BREAKER_DECISIONS)[number];

export const decideBreakerSchema = z
  .strictObject({
    /** hold: hold back all the same; accept: take and flag again; sender: the sender is at fault, the contract stays. */
    decision: z.enum(BREAKER_DECISIONS),
    note: note.default(""),
  })
  .refine(({ decision, note: text }) => decision !== "sender" || text !== "", {
    path: ["note"],
    message: "Say what is wrong there; it is kept with the incident.",
  });

const count = z.number().int().min(0);

export const breakerSchema = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  version: count,
  opened_at: z.iso.datetime({ offset: true }),
  /** When it likely began. */
  since: z.iso.datetime({ offset: true }),
  /** Records of the window in which it opened, and how many had the code. */
  records: count,
  hits: count,
  expected: z.number().min(0).max(1),
  /** The same in the newest window; null where there is none. */
  now: z.strictObject({ records: count, hits: count }).nullable(),
  holding: z.boolean(),
  sender_fault: z.string().nullable(),
  closed_at: z.iso.datetime({ offset: true }).nullable(),
  closed_how: z.enum(["fell_back", "published"]).nullable(),
  /** Records with this reason that were held back and are still. */
  held: count,
  incident: z.uuid().nullable(),
});
export type BreakerJson = z.output<typeof breakerSchema>;

export const breakersSchema = z.strictObject({
  breakers: z.array(breakerSchema),
  next: z.string().nullable(),
});

export const breakerQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** From an answer: what comes after it. */
  after: z.string().max(600).optional(),
});
export type BreakerQuery = z.output<typeof breakerQuerySchema>;
