import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { countHeld, readHeldGroups, readSettledCounts } from "@/lib/ingest/held-groups";
import { reasonSentence } from "@/lib/quarantine/reason";

const count = z.number().int();
const instant = z.iso.datetime({ offset: true });

/** What is held back, by its first reason and field, the most frequent first; never what was sent. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "What is held back, by its first reason and field, the most frequent first; never what was sent.",
  response: z.strictObject({
    held: count,
    /** At most a hundred. */
    groups: z.array(
      z.strictObject({
        kind: z.enum(["output", "truth"]),
        code: z.string(),
        sentence: z.string(),
        path: z.string(),
        records: count,
        first_at: instant,
        last_at: instant,
        /** Versions of the contract that held them back. */
        contract_versions: z.array(count),
      }),
    ),
    /** Held once, and decided about. */
    settled: z.strictObject({ replayed: count, accepted: count, discarded: count }),
  }),
  handler: async ({ ctx }) => {
    const [held, groups, settled] = await Promise.all([
      countHeld(ctx),
      readHeldGroups(ctx),
      readSettledCounts(ctx),
    ]);
    return {
      held,
      groups: groups.map(({ kind, code, path, records, first, last, versions }) => ({
        kind,
        code,
        sentence: reasonSentence(code),
        path,
        records,
        first_at: first.toISOString(),
        last_at: last.toISOString(),
        contract_versions: versions,
      })),
      settled,
    };
  },
});
