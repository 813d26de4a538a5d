import type { Ctx } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import {
  INPUT_FINDING_CODES,
  type InputFindingCode,
  inputFindingFactsSchema,
} from "@/lib/drift/input-finding-schema";
import * as z from "zod";
import { endInputIncident } from "./end-input-incident";
import { findingFacts } from "./finding-words";
import type { InputIncidentKind } from "./input-schema";
import { openInputIncident } from "./open-input-incident";

const KIND: Readonly<Record<InputFindingCode, InputIncidentKind>> = {
  W_VOLUME_LOW: "volume_changed",
  W_VOLUME_HIGH: "volume_changed",
  W_LABEL_DELAY: "labels_late",
  W_SEGMENT_VALUES: "segments_exploded",
};

const findingRow = z.object({
  code: z.enum(INPUT_FINDING_CODES),
  subject: z.string(),
  since: z.date(),
  facts: inputFindingFactsSchema,
  endedAt: z.date().nullable(),
});

/** Findings that ended longer ago were told of long since. */
const ENDED_DAYS = 7;

/**
 * Opens an incident for each finding that lasts, and ends it when the finding is over. Whatever an earlier run left undone is done by the
 * next; one that a person has resolved is not opened again while the finding lasts.
 */
export async function noteInputFindings({
  db,
  project,
  now,
}: Pick<Ctx, "db" | "project" | "now">): Promise<{ opened: number; ended: number }> {
  const rows = await db.$queryRaw`
    SELECT code, subject, since, facts, ended_at AS "endedAt" FROM input_finding
    WHERE project_id = ${project.id}::uuid AND (ended_at IS NULL OR ended_at > ${now}::timestamptz - make_interval(days => ${ENDED_DAYS}::int))
    ORDER BY ended_at NULLS LAST, noticed_at, code, subject`;
  const counts = { opened: 0, ended: 0 };
  for (const finding of z.array(findingRow).parse(rows)) {
    const about = { kind: KIND[finding.code], subject: subjectOf(finding) };
    if (finding.endedAt === null) {
      const { opened } = await inTransaction(db, (tx) =>
        openInputIncident(tx, { projectId: project.id }, { ...about, facts: findingFacts(finding) }),
      );
      if (opened) counts.opened += 1;
    } else if (
      await inTransaction(db, (tx) =>
        endInputIncident(tx, { projectId: project.id }, { ...about, reason: "over" }),
      )
    ) {
      counts.ended += 1;
    }
  }
  return counts;
}

/** Less and more have the same kind, and end apart. */
function subjectOf({ code, subject }: { code: string; subject: string }): string {
  return `${code} ${subject}`.trim();
}
