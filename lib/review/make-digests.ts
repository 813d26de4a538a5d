import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { inTransaction } from "@/lib/db/transaction";
import type { DigestFacts } from "./digest-schema";
import { readQueueFacts } from "./queue-overview";
import { type QueuePerson, readQueuePeople } from "./queue-people";

/** Nothing is said before the working day begins, in the project's zone. */
const EARLIEST_HOUR = 6;

export interface DigestsMade {
  made: number;
}

/**
 * Writes the reminders of the day, once for each person who reviews here, is not paused and has something due. They are shown in the
 * product; whatever sends messages takes those with `sent_at` null and marks them. Two runs at once write each only once.
 */
export async function makeDigests(ctx: Pick<Ctx, "db" | "project" | "now">): Promise<DigestsMade> {
  const { project, now } = ctx;
  if (localHour(now, project.timeZone) < EARLIEST_HOUR) return { made: 0 };
  const day = localDay(now, project.timeZone);
  const known = await ctx.db.reviewDigest.count({ where: { projectId: project.id, day: new Date(day) } });
  if (known > 0) return { made: 0 };
  const system: Ctx = { ...ctx, actor: { kind: "system", job: "make-digests" }, requestId: "make-digests" };
  const facts = await readQueueFacts(system);
  if (facts.pausedAt) return { made: 0 };
  const people = await readQueuePeople(system);
  const rows = people
    .map((person) => ({
      userId: person.userId,
      paused: person.paused,
      facts: digestFacts(person, facts.adjudications),
    }))
    .filter(({ paused, facts: { due, adjudications } }) => !paused && due + adjudications > 0);
  return await inTransaction(ctx.db, async (tx) => {
    const made = await tx.$executeRaw`
      INSERT INTO review_digest (project_id, user_id, day, facts)
      SELECT ${project.id}::uuid, row."userId", ${day}::date, row.facts
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row("userId" uuid, facts jsonb)
      JOIN membership ON membership.project_id = ${project.id}::uuid AND membership.user_id = row."userId"
      ON CONFLICT (project_id, user_id, day) DO NOTHING`;
    return { made };
  });
}

/** What is due for a person, whoever else may take it. */
export function digestFacts(person: QueuePerson, adjudications: number): DigestFacts {
  const { due, overdue, doneThisWeek, targetPerWeek, secondsPerItem } = person;
  return { due, overdue, doneThisWeek, targetPerWeek, secondsPerItem, adjudications };
}

function localHour(now: Date, timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(now),
  );
}
