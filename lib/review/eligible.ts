import { Prisma } from "@/lib/db/generated/client";

/** Whether somebody with these skills is given outputs like the row called `output`: one of the values of each attribute named. */
export function admits(skills: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM jsonb_each(${skills}) need
    WHERE NOT coalesce(need.value @> to_jsonb(output.segments ->> need.key), false))`;
}

interface Person {
  projectId: string;
  reviewerId: string;
}

/*
 * The person's own row and the project's are scalar subqueries that depend on nothing of the slot: read once for a statement. Only
 * for people with skills are outputs looked up, one for each slot looked at.
 */

/** Whether this person is served anything at all. */
export function isServed(person: Person): Prisma.Sql {
  return Prisma.sql`NOT ${queuePaused(person)} AND NOT ${personPaused(person)}`;
}

export function queuePaused({ projectId }: Pick<Person, "projectId">): Prisma.Sql {
  return Prisma.sql`(SELECT project.reviews_paused_at IS NOT NULL FROM project WHERE project.id = ${projectId}::uuid)`;
}

export function personPaused({ projectId, reviewerId }: Person): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT setting.paused FROM reviewer_setting setting
    WHERE setting.project_id = ${projectId}::uuid AND setting.user_id = ${reviewerId}::uuid), false)`;
}

/** Whether the row called `slot` looks at an output such as this person is given. */
export function isAssigned({ projectId, reviewerId }: Person): Prisma.Sql {
  const own = (column: Prisma.Sql) => Prisma.sql`(SELECT ${column} FROM reviewer_setting setting
    WHERE setting.project_id = ${projectId}::uuid AND setting.user_id = ${reviewerId}::uuid)`;
  return Prisma.sql`(coalesce(${own(Prisma.sql`setting.skills = '{}'`)}, true) OR (
    SELECT ${admits(own(Prisma.sql`setting.skills`))} FROM output
    WHERE output.project_id = slot.project_id AND output.id = slot.output_id))`;
}
