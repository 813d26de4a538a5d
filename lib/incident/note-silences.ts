import { formatInstant } from "@/lib/core/format";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { hoursText } from "@/lib/drift/silence-schema";
import * as z from "zod";
import { endInputIncident } from "./end-input-incident";
import { openInputIncident } from "./open-input-incident";

const KIND = "no_data";

const openRow = z.object({
  projectId: z.uuid(),
  subject: z.string(),
  source: z.string().nullable(),
  since: z.date(),
  hours: z.number(),
  timeZone: z.string(),
});
const overRow = z.object({
  projectId: z.uuid(),
  subject: z.string(),
  givenUp: z.boolean(),
  seconds: z.number(),
});

/**
 * Opens an incident for each silence and ends it when the silence is over, with how long it was. Whatever an earlier run left undone is
 * done by the next; of several at once the first opens or ends, and a silence that a person has resolved is not opened again.
 */
export async function noteSilences(db: Db): Promise<{ opened: number; ended: number }> {
  let ended = 0;
  for (const over of await readOver(db))
    if (await inTransaction(db, (tx) => endInputIncident(tx, over, endOf(over)))) ended += 1;
  let opened = 0;
  for (const silence of await readOpen(db)) {
    const finding = { kind: KIND, subject: silence.subject, facts: silenceFacts(silence) } as const;
    const { opened: isNew } = await inTransaction(db, (tx) => openInputIncident(tx, silence, finding));
    if (isNew) opened += 1;
  }
  return { opened, ended };
}

async function readOpen(db: Db): Promise<z.output<typeof openRow>[]> {
  return z.array(openRow).parse(
    await db.$queryRaw`
      SELECT silence.project_id AS "projectId", COALESCE(source_id::text, '') AS subject, source.name AS source,
        last_received_at AS since, hours, time_zone AS "timeZone"
      FROM silence JOIN silence_watch watch ON watch.project_id = silence.project_id JOIN project ON project.id = silence.project_id
      LEFT JOIN source ON source.project_id = silence.project_id AND source.id = source_id
      WHERE ended_at IS NULL ORDER BY last_received_at`,
  );
}

/** Incidents whose silence has ended. */
async function readOver(db: Db): Promise<z.output<typeof overRow>[]> {
  return z.array(overRow).parse(
    await db.$queryRaw`
      SELECT incident.project_id AS "projectId", subject, given_up AS "givenUp",
        extract(epoch FROM ended_at - last_received_at)::float8 AS seconds
      FROM incident
      JOIN silence ON silence.project_id = incident.project_id AND COALESCE(source_id::text, '') = subject
        AND last_received_at = (facts ->> 'since')::timestamptz
      WHERE kind = ${KIND} AND state <> 'RESOLVED' AND ended_at IS NOT NULL`,
  );
}

function endOf({ subject, givenUp, seconds }: z.output<typeof overRow>) {
  const reason = givenUp ? ("unwatched" as const) : ("came_back" as const);
  return { kind: KIND, subject, reason, details: { silent_seconds: Math.round(seconds) } } as const;
}

export function silenceFacts({
  source,
  since,
  hours,
  timeZone,
}: Pick<z.output<typeof openRow>, "source" | "since" | "hours" | "timeZone">) {
  const moment = formatInstant(since, timeZone);
  const allowed = hoursText(hours);
  const name = source?.slice(0, 120);
  return {
    code: "W_NO_DATA",
    title: name === undefined ? "Nothing comes in" : `Nothing comes from ${name}`,
    finding:
      name === undefined
        ? `Nothing has come in since ${moment}, for longer than the ${allowed} that this project takes for normal. Until something comes, no number on any page can change.`
        : `${name} usually sends on most days, and has sent nothing since about ${moment}; other sources do. This project takes ${allowed} for normal.`,
    since: since.toISOString(),
    severity: source === null ? ("high" as const) : ("low" as const),
    numbers: [{ label: "Taken for normal", text: allowed }],
  };
}
