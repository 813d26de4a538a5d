import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { readDriftView } from "@/lib/drift/queries";

const count = z.number().int();
const USUAL_DAYS = 7;

/** Whether what comes in still looks like the pilot: what has moved, since when, and how it ended. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Whether what comes in still looks like the pilot: what has moved, since when, and how it ended.",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(28).default(USUAL_DAYS) }),
  response: z.strictObject({
    /** Null before the pilot's inputs are known. */
    drift: z
      .strictObject({
        from: z.iso.date(),
        to: z.iso.date(),
        outputs: count,
        /** Came, and not yet compared. */
        waiting: count,
        pilot_outputs: count,
        /** The newest thirty. */
        findings: z.array(
          z.strictObject({
            since: z.iso.date(),
            noticed_on: z.iso.date(),
            ended_on: z.iso.date().nullable(),
            ended_by: z.enum(["returned", "moved_on"]).nullable(),
            fields: z.array(z.string()),
            sentences: z.array(z.string()),
          }),
        ),
        /** Outputs of these days that are unlike the pilot's. */
        unusual: count,
      })
      .nullable(),
  }),
  handler: async ({ ctx, query }) => {
    const view = await readDriftView(ctx, { days: query.days, withPayload: false });
    if (!view) return { drift: null };
    return {
      drift: {
        from: view.range.from,
        to: view.range.to,
        outputs: view.outputs,
        waiting: view.waiting,
        pilot_outputs: view.pilot.outputs,
        findings: view.findings.map(({ since, noticedOn, endedOn, endedBy, features, sentences }) => ({
          since,
          noticed_on: noticedOn,
          ended_on: endedOn,
          ended_by: endedBy,
          fields: features,
          sentences,
        })),
        unusual: view.unusual.marked,
      },
    };
  },
});
