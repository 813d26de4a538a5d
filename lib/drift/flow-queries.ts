import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { reasonSentence } from "@/lib/quarantine/reason";
import type { DayFlow, ReasonCount, SilenceView, SourceFreshness } from "./flow-schema";

const MOST_REASONS = 12;
const MOST_SILENCES = 8;
/** The job looks each minute: two looks missing are no accident. */
const UNCHECKED_MS = 3 * 60_000;

const count = z.coerce.number();
const flowRow = z.object({
  day: z.iso.date(),
  accepted: count,
  flagged: count,
  duplicates: count,
  conflicts: count,
  quarantined: count,
  refused: count,
});
const reasonRow = z.object({ code: z.string(), held: z.boolean(), records: count });
const sourceRow = z.object({
  id: z.uuid(),
  name: z.string(),
  lastHour: z.date().nullable(),
  received: count,
});

/** What became of all records, by the day on which they were received, for the newest days with any. */
export async function readDayFlows({ db, project }: Ctx, days: number): Promise<DayFlow[]> {
  const rows = await db.$queryRaw`
    SELECT (hour AT TIME ZONE ${project.timeZone})::date::text AS day, sum(accepted) AS accepted, sum(flagged) AS flagged,
      sum(duplicates) AS duplicates, sum(conflicts) AS conflicts, sum(quarantined) AS quarantined, sum(refused) AS refused
    FROM (
      SELECT hour, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour WHERE project_id = ${project.id}::uuid
      UNION ALL
      SELECT hour, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta
      WHERE project_id = ${project.id}::uuid) entry
    WHERE hour > now() - make_interval(days => ${days}::int)
    GROUP BY 1 ORDER BY 1`;
  return z.array(flowRow).parse(rows);
}

/** Why records of the last days were flagged or held back, the most frequent first. */
export async function readReasonCounts({ db, project }: Ctx, days: number): Promise<ReasonCount[]> {
  const rows = await db.$queryRaw`
    SELECT code, held, count(*) AS records FROM (
      SELECT unnest(flags) AS code, false AS held FROM output
      WHERE project_id = ${project.id}::uuid AND cardinality(flags) > 0
        AND id >= (lpad(to_hex((extract(epoch FROM now() - make_interval(days => ${days}::int)) * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid
      UNION ALL
      SELECT first_code, true FROM quarantine
      WHERE project_id = ${project.id}::uuid AND received_at > now() - make_interval(days => ${days}::int)) reasons
    GROUP BY 1, 2 ORDER BY records DESC, code LIMIT ${MOST_REASONS}`;
  return z
    .array(reasonRow)
    .parse(rows)
    .map((row) => ({ ...row, sentence: reasonSentence(row.code) }));
}

/** Each source with the hour of its newest record, and how much it sent in the last seven days. */
export async function readFreshness({ db, project }: Ctx): Promise<SourceFreshness[]> {
  const rows = await db.$queryRaw`
    SELECT source.id, source.name, max(hour) AS "lastHour",
      COALESCE(sum(received) FILTER (WHERE hour > now() - interval '7 days'), 0) AS received
    FROM source LEFT JOIN (
      SELECT source_id, hour, received FROM ledger_hour WHERE project_id = ${project.id}::uuid
      UNION ALL
      SELECT source_id, hour, received FROM ledger_delta WHERE project_id = ${project.id}::uuid) entry ON source_id = source.id
    WHERE source.project_id = ${project.id}::uuid AND source.disabled_at IS NULL
    GROUP BY source.id, source.name ORDER BY "lastHour" DESC NULLS LAST, source.name`;
  return z
    .array(sourceRow)
    .parse(rows)
    .map(({ lastHour, ...row }) => ({ ...row, lastHour: lastHour?.toISOString() ?? null }));
}

/** The setting, whether anybody looks, and the newest times without any record. */
export async function readSilences({ db, project, now }: Ctx): Promise<SilenceView> {
  const [watch, silences] = await Promise.all([
    db.silenceWatch.findUnique({ where: { projectId: project.id } }),
    db.silence.findMany({
      where: { projectId: project.id },
      orderBy: { noticedAt: "desc" },
      take: MOST_SILENCES,
      include: { source: { select: { name: true } } },
    }),
  ]);
  const checked = watch && (watch.checkedAt ?? watch.updatedAt);
  return {
    hours: watch?.hours ?? null,
    uncheckedSince:
      checked && now.getTime() - checked.getTime() > UNCHECKED_MS ? checked.toISOString() : null,
    silences: silences.map(({ id, source, lastReceivedAt, noticedAt, endedAt }) => ({
      id,
      source: source?.name ?? null,
      since: lastReceivedAt.toISOString(),
      noticedAt: noticedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
  };
}
