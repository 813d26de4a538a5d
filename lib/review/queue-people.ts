import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { admits } from "./eligible";
import { Prisma } from "@/lib/db/generated/client";
import { type PersonDone, paceDays, peopleWork } from "./people-work";
import { dueSql } from "./queue-plan";
import { skillsSchema } from "./reviewer-schema";

const personSchema = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.enum(["MANAGER", "REVIEWER"]),
  paused: z.boolean(),
  targetPerWeek: z.number().nullable(),
  skills: skillsSchema,
  /** Planned looks that they may take and have not had, and how many of them are overdue. */
  due: z.number(),
  overdue: z.number(),
});

/** What somebody is given and what waits for them is of now; what they did may be of a little while ago. */
export type QueuePerson = z.output<typeof personSchema> &
  Omit<PersonDone, "lastAt"> & { lastAt: Date | null };

/** Somebody who came after the work was read. */
const NOTHING_DONE = {
  doneThisWeek: 0,
  activeSeconds: 0,
  lastAt: null,
  secondsPerItem: null,
} satisfies Partial<PersonDone>;

/** Everybody who reviews here: what they are given, what they did this week, and what waits for them. */
export async function readQueuePeople(ctx: Ctx, done?: readonly PersonDone[]): Promise<QueuePerson[]> {
  const [people, work] = await Promise.all([readPeople(ctx), done ?? peopleWork(ctx, paceDays(ctx))]);
  const days = work[0]?.daily.length ?? 0;
  return people.map((person) => {
    const own = work.find(({ userId }) => userId === person.userId);
    const { lastAt, ...rest } = own ?? { ...NOTHING_DONE, daily: Array.from({ length: days }, () => 0) };
    return { ...person, ...rest, lastAt: lastAt === null ? null : new Date(lastAt) };
  });
}

async function readPeople(ctx: Ctx): Promise<z.output<typeof personSchema>[]> {
  const { id: projectId } = ctx.project;
  const rows = await ctx.db.$queryRaw`
    WITH due AS MATERIALIZED (
      SELECT due.*, output.segments FROM (${dueSql(ctx)}) due
      JOIN output ON output.project_id = ${projectId}::uuid AND output.id = due.output_id LIMIT 5000)
    SELECT person.id AS "userId", person.name, membership.role::text AS role, coalesce(setting.paused, false) AS paused,
      setting.target_per_week AS "targetPerWeek", coalesce(setting.skills, '{}') AS skills, waits.*
    FROM membership JOIN user_account person ON person.id = membership.user_id AND person.disabled_at IS NULL
    LEFT JOIN reviewer_setting setting ON setting.project_id = membership.project_id AND setting.user_id = membership.user_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS due, count(*) FILTER (WHERE output.overdue)::int AS overdue FROM due output
      WHERE ${admits(Prisma.sql`coalesce(setting.skills, '{}')`)}
        AND NOT EXISTS (SELECT 1 FROM review mine WHERE mine.project_id = ${projectId}::uuid AND mine.output_id = output.output_id
          AND mine.occasion = 0 AND mine.reviewer_id = person.id)) waits
    WHERE membership.project_id = ${projectId}::uuid AND membership.role <> 'VIEWER'
    ORDER BY person.name, person.id`;
  return z.array(personSchema).parse(rows);
}
