import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { localDay } from "@/lib/core/local-day";

/** Days in which reviews were submitted; both belong to them. */
export interface PeopleWindow {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const USUAL_DAYS = 91;

/** The days asked for, else the last thirteen weeks. */
export function peopleWindow(
  ctx: Pick<Ctx, "now" | "project">,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): PeopleWindow {
  const today = localDay(ctx.now, ctx.project.timeZone);
  const usual = localDay(new Date(ctx.now.getTime() - (USUAL_DAYS - 1) * DAY_MS), ctx.project.timeZone);
  return from !== undefined && to !== undefined ? { from, to } : { from: usual, to: today };
}

/** Whether an instant lies in the window, as a condition. */
export function submittedIn(
  { project }: Pick<Ctx, "project">,
  { from, to }: PeopleWindow,
  instant: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`(${instant} >= ${from}::date::timestamp AT TIME ZONE ${project.timeZone}
    AND ${instant} < (${to}::date + 1)::timestamp AT TIME ZONE ${project.timeZone})`;
}

/** Monday of the week of an instant, in the project's zone. */
export function weekOfInstant({ project }: Pick<Ctx, "project">, instant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`date_trunc('week', ${instant} AT TIME ZONE ${project.timeZone})::date::text`;
}
