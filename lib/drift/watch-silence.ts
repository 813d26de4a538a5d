import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** A source that sent on fewer of the seven days before its newest record is not missed when it is quiet. */
const FEWEST_DAYS_SENT = 3;

/** The newest record of a project, taken or quarantined; ids are ordered by the time at which they were made. */
const lastReceived = Prisma.sql`
  SELECT max(at) FROM (
    (SELECT received_at AS at FROM output WHERE project_id = watch.project_id ORDER BY id DESC LIMIT 1)
    UNION ALL
    (SELECT received_at FROM quarantine WHERE project_id = watch.project_id ORDER BY received_at DESC LIMIT 1)) newest`;

/** The first record after a silence began: it may have come long before anybody looks. */
const firstAfter = Prisma.sql`
  (SELECT min(at) FROM (
    (SELECT received_at AS at FROM output WHERE project_id = silence.project_id AND received_at > silence.last_received_at
      AND id >= (lpad(to_hex((extract(epoch FROM silence.last_received_at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
      ORDER BY id LIMIT 1)
    UNION ALL
    (SELECT received_at FROM quarantine WHERE project_id = silence.project_id AND received_at > silence.last_received_at
      ORDER BY received_at LIMIT 1)) next)`;

/** Hours in which a source sent anything. */
const sentHours = Prisma.sql`
  (SELECT project_id, source_id, hour FROM ledger_hour WHERE received > 0
    UNION ALL SELECT project_id, source_id, hour FROM ledger_delta WHERE received > 0)`;

const firstHourAfter = Prisma.sql`
  (SELECT min(hour) FROM ${sentHours} entry
    WHERE entry.project_id = silence.project_id AND entry.source_id = silence.source_id AND hour >= silence.last_received_at)`;

/**
 * Notes, once a minute, projects and sources from which nothing has come for longer than the project takes for normal, and ends a silence
 * with the first record after it. Who never sent anything is not silent; a source is missed only while others send and when it usually
 * does. Several may run at once: a unique index keeps one silence of each. That it has looked is noted with it.
 */
export async function watchSilence(
  db: Db,
  now: Date = new Date(),
): Promise<{ noticed: number; ended: number }> {
  const ended = await db.$executeRaw`
    UPDATE silence SET ended_at = CASE WHEN source_id IS NULL THEN ${firstAfter} ELSE ${firstHourAfter} END
    WHERE ended_at IS NULL AND CASE WHEN source_id IS NULL THEN ${firstAfter} ELSE ${firstHourAfter} END IS NOT NULL`;
  const given = await db.$executeRaw`
    UPDATE silence SET ended_at = ${now}, given_up = true FROM source
    WHERE source.project_id = silence.project_id AND source.id = source_id AND disabled_at IS NOT NULL AND ended_at IS NULL`;
  const noticed = await db.$executeRaw`
    INSERT INTO silence (project_id, id, last_received_at, noticed_at)
    SELECT watch.project_id, gen_random_uuid(), received.last, ${now} FROM silence_watch watch
    JOIN project ON project.id = watch.project_id AND project.archived_at IS NULL
    CROSS JOIN LATERAL (${lastReceived}) received(last)
    WHERE received.last < ${now}::timestamptz - make_interval(hours => watch.hours)
    ON CONFLICT (project_id, COALESCE(source_id, project_id)) WHERE ended_at IS NULL DO NOTHING`;
  const missed = await noticeSources(db, now);
  await db.silenceWatch.updateMany({ data: { checkedAt: now } });
  return { noticed: noticed + missed, ended: ended + given };
}

function noticeSources(db: Db, now: Date): Promise<number> {
  return db.$executeRaw`
    INSERT INTO silence (project_id, id, source_id, last_received_at, noticed_at)
    SELECT watch.project_id, gen_random_uuid(), source.id, sent.last + interval '1 hour', ${now} FROM silence_watch watch
    JOIN project ON project.id = watch.project_id AND project.archived_at IS NULL
    JOIN source ON source.project_id = watch.project_id AND source.disabled_at IS NULL AND NOT source.recorded_history
    CROSS JOIN LATERAL (${lastReceived}) received(last)
    CROSS JOIN LATERAL (
      SELECT max(hour) FROM ${sentHours} entry WHERE entry.project_id = source.project_id AND entry.source_id = source.id) sent(last)
    WHERE received.last >= ${now}::timestamptz - make_interval(hours => watch.hours)
      AND sent.last + interval '1 hour' < ${now}::timestamptz - make_interval(hours => watch.hours)
      AND ${FEWEST_DAYS_SENT} <= (
        SELECT count(DISTINCT (hour AT TIME ZONE 'UTC')::date) FROM ${sentHours} entry
        WHERE entry.project_id = source.project_id AND entry.source_id = source.id AND hour > sent.last - interval '7 days')
    ON CONFLICT (project_id, COALESCE(source_id, project_id)) WHERE ended_at IS NULL DO NOTHING`;
}
