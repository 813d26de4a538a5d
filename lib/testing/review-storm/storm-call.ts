import * as z from "zod";

/** What reviewers of a storm ask of a server process. */
const lease = { slotId: z.uuid(), leaseToken: z.uuid() };

export const stormCallSchema = z.discriminatedUnion("call", [
  z.object({ call: z.literal("claim"), reviewer: z.int(), leaseSeconds: z.number() }),
  z.object({ call: z.literal("extend"), reviewer: z.int(), ...lease, leaseSeconds: z.number() }),
  z.object({ call: z.literal("release"), reviewer: z.int(), ...lease }),
  z.object({
    call: z.literal("submit"),
    reviewer: z.int(),
    ...lease,
    key: z.uuid(),
    outcome: z.enum(["ANSWERED", "SKIPPED"]),
    label: z.enum(["yes", "no"]),
  }),
  z.object({ call: z.literal("undo"), reviewer: z.int(), key: z.uuid(), leaseSeconds: z.number() }),
]);
export type StormCall = z.output<typeof stormCallSchema>;

/** Everything that a server process must know of the project. */
export const stormSettingSchema = z.object({
  project: z.object({ id: z.string(), slug: z.string(), timeZone: z.string() }),
  reviewers: z.array(z.object({ id: z.string(), name: z.string() })),
  formId: z.string(),
  /** After so long a caller gives up; the process may finish it later. */
  patienceMs: z.number(),
  /** The control: the statement that fills a slot does not look at the token. */
  forgetsToken: z.boolean(),
});
export type StormSetting = z.output<typeof stormSettingSchema>;

export const leaseAnswer = z.object({ slotId: z.string(), leaseToken: z.string() }).nullable();
export const storedAnswer = z.object({ reviewId: z.string(), primary: z.boolean() });
export const undoneAnswer = z.object({ reviewId: z.string(), lease: leaseAnswer });
