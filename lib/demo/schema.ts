import * as z from "zod";

/* The demo project as pages and the API see it. Browser-safe. */

/** The one name of simulated projects: it says what they are wherever a name stands. */
export const DEMO_NAME = "Mail room (simulated)";

export const demoStateSchema = z.strictObject({
  /** none: there is none. making: it is being filled. ready: it is there. failed: the last attempt came to nothing. */
  state: z.enum(["none", "making", "ready", "failed"]),
  slug: z.string().nullable(),
  weeks_done: z.number().int(),
  weeks_all: z.number().int(),
  /** Rough; null before the first part is done. */
  seconds_left: z.number().int().nullable(),
  problem: z.string().nullable(),
});
export type DemoState = z.output<typeof demoStateSchema>;
