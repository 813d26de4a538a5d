import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { reasonSentence } from "@/lib/quarantine/reason";
import type { ReadBaseline } from "./baseline-json";
import { featureLabel } from "./bin-words";
import { groupFindings } from "./drift-findings";
import type { ShownFinding } from "./schema";

const FINDINGS_SHOWN = 30;

const gained = z.array(z.object({ bin: z.number(), pilot: z.number(), now: z.number() }));
const findingRow = z.object({
  feature: z.number(),
  code: z.string(),
  since: z.iso.date(),
  noticedOn: z.iso.date(),
  logTail: z.number(),
  endedOn: z.iso.date().nullable(),
  endedBy: z.enum(["returned", "moved_on"]).nullable(),
  gained,
});
/** A note that an attribute has moved. */
export type StoredFinding = z.output<typeof findingRow>;

/** What has moved against this baseline, in the order in which it began; what late outputs took back is left out. */
export async function readFindings(
  { db, project }: Pick<Ctx, "db"> & { project: { id: string } },
  baselineId: string,
): Promise<StoredFinding[]> {
  return z.array(findingRow).parse(
    await db.$queryRaw`
      SELECT feature, code, since::text, noticed_on::text AS "noticedOn", log_tail AS "logTail", ended_on::text AS "endedOn",
        ended_by AS "endedBy", gained
      FROM drift_finding WHERE project_id = ${project.id}::uuid AND baseline_id = ${baselineId}::uuid
        AND ended_by IS DISTINCT FROM 'withdrawn' AND ended_by IS DISTINCT FROM 'new_baseline'
      ORDER BY since, feature, ordinal`,
  );
}

/** Attributes that moved together as one, the newest first. */
export function shownFindings(
  { features }: ReadBaseline,
  findings: readonly StoredFinding[],
): ShownFinding[] {
  const moved = findings.flatMap(({ feature, code, ...move }) => {
    const known = features[feature];
    return known ? [{ ...move, code, name: featureLabel(known) }] : [];
  });
  return groupFindings(moved)
    .map(({ features: own, ...finding }) => ({
      ...finding,
      features: own.map(({ name }) => name),
      sentences: [...new Set(own.map(({ code }) => reasonSentence(code)))],
    }))
    .toReversed()
    .slice(0, FINDINGS_SHOWN);
}
