import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { readDayFlows, readFreshness, readReasonCounts, readSilences } from "@/lib/drift/flow-queries";

const count = z.number().int();
const instant = z.iso.datetime({ offset: true });
const USUAL_DAYS = 30;
const MOST_DAYS = 400;

/** What became of all records, by the day on which they came, with their reasons, sources and silences. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary:
    "What became of all records, by the day on which they came, with their reasons, sources and silences.",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(MOST_DAYS).default(USUAL_DAYS) }),
  response: z.strictObject({
    /** Days with any record; the parts of a day add up to all that came. */
    days: z.array(
      z.strictObject({
        day: z.iso.date(),
        accepted: count,
        flagged: count,
        duplicates: count,
        conflicts: count,
        quarantined: count,
        rejected: count,
      }),
    ),
    /** The most frequent twelve. */
    reasons: z.array(z.strictObject({ code: z.string(), held: z.boolean(), records: count })),
    sources: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        last_hour: instant.nullable(),
        received_in_seven_days: count,
      }),
    ),
    /** Times without any record, longer than is normal; the newest first. */
    silences: z.array(
      z.strictObject({
        source: z.string().nullable(),
        since: instant,
        noticed_at: instant,
        ended_at: instant.nullable(),
      }),
    ),
  }),
  handler: async ({ ctx, query }) => {
    const [flows, reasons, sources, { silences }] = await Promise.all([
      readDayFlows(ctx, query.days),
      readReasonCounts(ctx, query.days),
      readFreshness(ctx),
      readSilences(ctx),
    ]);
    return {
      days: flows.map(({ refused, ...flow }) => ({ ...flow, rejected: refused })),
      reasons: reasons.map(({ code, held, records }) => ({ code, held, records })),
      sources: sources.map(({ id, name, lastHour, received }) => ({
        id,
        name,
        last_hour: lastHour,
        received_in_seven_days: received,
      })),
      silences: silences.map(({ source, since, noticedAt, endedAt }) => ({
        source,
        since,
        noticed_at: noticedAt,
        ended_at: endedAt,
      })),
    };
  },
});
