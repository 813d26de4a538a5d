import { Prisma } from "@/lib/db/generated/client";

import { fieldCondition } from "./field-condition";
import type { OutputFilter, ReviewState } from "./schema";

/** Tables that the conditions below speak about; every page of outputs reads from them. */
export const OUTPUT_TABLES = Prisma.sql`
  output o
  JOIN stratum_epoch se ON se.project_id = o.project_id AND se.epoch_id = o.epoch_id AND se.stratum_id = o.stratum_id
  LEFT JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id`;

const COUNTED = Prisma.sql`(s.state = 'SETTLED' AND s.random_number < se.effective_rate)`;

/** The review state of an output, in the words of the schema. */
export const REVIEW_STATE = Prisma.sql`
  CASE
    WHEN s.output_id IS NULL THEN 'not_drawn'
    WHEN ${COUNTED} THEN 'counted'
    WHEN s.state = 'SETTLED' THEN 'surplus'
    WHEN s.state = 'UNSURE' THEN 'unsure'
    WHEN s.state = 'QUEUED' THEN 'waiting'
    ELSE 'withdrawn'
  END`;

const STATE_CONDITION: Readonly<Record<ReviewState, Prisma.Sql>> = {
  counted: COUNTED,
  surplus: Prisma.sql`(s.state = 'SETTLED' AND s.random_number >= se.effective_rate)`,
  unsure: Prisma.sql`s.state = 'UNSURE'`,
  waiting: Prisma.sql`s.state = 'QUEUED'`,
  withdrawn: Prisma.sql`s.state = 'WITHDRAWN'`,
  not_drawn: Prisma.sql`s.output_id IS NULL`,
};

/** What an output must fulfil to be listed; the project is always part of it. */
export function outputConditions(projectId: string, filter: OutputFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`o.project_id = ${projectId}::uuid`,
    ...timeConditions(filter),
    ...factConditions(filter),
  ];
  if (filter.verdict) conditions.push(Prisma.sql`s.verdict = ${filter.verdict.toUpperCase()}::verdict`);
  if (filter.reviewed === "yes") conditions.push(COUNTED);
  if (filter.reviewed === "no") conditions.push(Prisma.sql`${COUNTED} IS NOT TRUE`);
  if (filter.state) conditions.push(STATE_CONDITION[filter.state]);
  return Prisma.join(conditions, " AND ");
}

/** Days are the project's; the wider bounds on the instant (zones reach 14 hours from UTC) let the time index find them. */
function timeConditions({ from, to }: OutputFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (from) {
    conditions.push(
      Prisma.sql`o.day >= ${from}::date`,
      Prisma.sql`o.occurred_at >= (${from}::date - 1)::timestamp AT TIME ZONE 'UTC'`,
    );
  }
  if (to) {
    conditions.push(
      Prisma.sql`o.day <= ${to}::date`,
      Prisma.sql`o.occurred_at < (${to}::date + 2)::timestamp AT TIME ZONE 'UTC'`,
    );
  }
  return conditions;
}

function factConditions(filter: OutputFilter): Prisma.Sql[] {
  const conditions = (filter.segment ?? []).map((text) => {
    const at = text.indexOf("=");
    return Prisma.sql`o.segments ->> ${text.slice(0, at)}::text = ${text.slice(at + 1)}`;
  });
  if (filter.version) conditions.push(Prisma.sql`o.model_version = ${filter.version}`);
  // What is in quarantine is no output yet; its place is the quarantine page.
  if (filter.phase) conditions.push(Prisma.sql`o.phase = ${filter.phase.toUpperCase()}::phase`);
  else conditions.push(Prisma.sql`o.phase <> 'HELD'`);
  if (filter.flag === "yes") conditions.push(Prisma.sql`cardinality(o.flags) > 0`);
  else if (filter.flag === "no") conditions.push(Prisma.sql`cardinality(o.flags) = 0`);
  else if (filter.flag) conditions.push(Prisma.sql`${filter.flag} = ANY (o.flags)`);
  if (filter.field) conditions.push(fieldCondition(filter.field));
  if (filter.id) conditions.push(Prisma.sql`starts_with(o.external_id, ${filter.id})`);
  return conditions;
}
