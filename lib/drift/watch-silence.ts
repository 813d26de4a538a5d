import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** The newest record of a project, taken or quarantined; ids are ordered by the time at which they were made. */
const lastReceived = Prisma.sql`
  SELECT max(at) FROM (
    (SELECT received_at AS at FROM output WHERE project_id = watch.project_id ORDER BY id DESC LIMIT 1)
    UNION ALL
    (SELECT received_at FROM quarantine WHERE project_id = watch.project_id ORDER BY received_at DESC LIMIT 1)) newest`;

/**
 * Notes, once a minute, projects from which nothing has come for longer than they take for normal, and ends the silence when a record
 * comes. A project that never sent anything is not silent. Several may run at once: a unique index keeps one silence per project.
 */
export async function watchSilence(
  db: Db,
  now: Date = new Date(),
): Promise<{ noticed: number; ended: number }> {
  const ended = await db.$executeRaw`
    UPDATE silence SET ended_at = received.last FROM silence_watch watch CROSS JOIN LATERAL (${lastReceived}) received(last)
    WHERE watch.project_id = silence.project_id AND ended_at IS NULL AND received.last > last_received_at`;
  const noticed = await db.$executeRaw`
    INSERT INTO silence (project_id, id, last_received_at, noticed_at)
    SELECT watch.project_id, gen_random_uuid(), received.last, ${now} FROM silence_watch watch
    JOIN project ON project.id = watch.project_id AND project.archived_at IS NULL
    CROSS JOIN LATERAL (${lastReceived}) received(last)
    WHERE received.last < ${now}::timestamptz - make_interval(hours => watch.hours)
    ON CONFLICT (project_id) WHERE ended_at IS NULL DO NOTHING`;
  return { noticed, ended };
}
