import * as z from "zod";

import { OTHER_VALUE } from "@/lib/core/segment-value";
import { Prisma } from "@/lib/db/generated/client";

import { fieldCondition } from "./field-condition";
import { type OutputFilter, REVIEW_STATES, type ReviewState } from "./schema";

/** Tables that the conditions below speak about, with the outputs from `source`: the table itself, or rows of it. */
export function outputTables(source: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    ${source} o
    JOIN stratum_epoch se ON se.project_id = o.project_id AND se.epoch_id = o.epoch_id AND se.stratum_id = o.stratum_id
    LEFT JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id`;
}

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

export const STATE_CONDITION: Readonly<Record<ReviewState, Prisma.Sql>> = {
  counted: COUNTED,
  surplus: Prisma.sql`(s.state = 'SETTLED' AND s.random_number >= se.effective_rate)`,
  unsure: Prisma.sql`s.state = 'UNSURE'`,
  waiting: Prisma.sql`s.state = 'QUEUED'`,
  withdrawn: Prisma.sql`s.state = 'WITHDRAWN'`,
  not_drawn: Prisma.sql`s.output_id IS NULL`,
};

/**
 * What an output must fulfil to be listed; the project is always part of it. Without the permission to read payloads a text is
 * looked for in the sender's id alone.
 */
export function outputConditions(projectId: string, filter: OutputFilter, withPayload: boolean): Prisma.Sql {
  const conditions = [
    Prisma.sql`o.project_id = ${projectId}::uuid`,
    ...timeConditions(filter),
    ...factConditions(filter),
  ];
  if (filter.verdict) conditions.push(Prisma.sql`s.verdict = ${filter.verdict.toUpperCase()}::verdict`);
  if (filter.reviewed === "yes") conditions.push(COUNTED);
  if (filter.reviewed === "no") conditions.push(Prisma.sql`${COUNTED} IS NOT TRUE`);
  if (filter.state) conditions.push(STATE_CONDITION[filter.state]);
  if (filter.reviewer) conditions.push(judgedBy(filter.reviewer));
  conditions.push(...(filter.not ?? []).map(excludedCondition));
  conditions.push(...(filter.text ?? []).map((text) => textCondition(text, withPayload)));
  return Prisma.join(conditions, " AND ");
}

/** Days are the project's; the wider bounds on the instant (zones reach 14 hours from UTC) let the time index find them. */
export function timeConditions({ from, to }: OutputFilter): Prisma.Sql[] {
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
    return carriesSegment(text.slice(0, at), text.slice(at + 1));
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

/** OTHER_VALUE: with a value that its epoch does not count by itself (see lib/estimate/fold-counts.ts). */
function carriesSegment(attribute: string, value: string): Prisma.Sql {
  if (value !== OTHER_VALUE) return Prisma.sql`o.segments ->> ${attribute}::text = ${value}`;
  return Prisma.sql`(o.segments ? ${attribute}::text AND NOT EXISTS (
    SELECT 1 FROM population_count counted WHERE counted.project_id = o.project_id AND counted.epoch_id = o.epoch_id
      AND counted.stratum_id = o.stratum_id AND counted.day = o.day AND counted.attribute = ${attribute}::text
      AND counted.value = o.segments ->> ${attribute}::text AND counted.value <> ${OTHER_VALUE}))`;
}

/** Names are no keys: everybody who is called so. */
function judgedBy(name: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM review r JOIN user_account person ON person.id = r.reviewer_id
    WHERE r.project_id = o.project_id AND r.output_id = o.id AND r.occasion = 0
      AND r.outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND lower(person.name) = lower(${name}))`;
}

function excludedCondition(text: string): Prisma.Sql {
  const at = text.indexOf("=");
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  switch (name) {
    case "version":
      return Prisma.sql`o.model_version IS DISTINCT FROM ${value}`;
    case "verdict":
      return Prisma.sql`s.verdict IS DISTINCT FROM ${value.toUpperCase()}::verdict`;
    case "state":
      return Prisma.sql`${STATE_CONDITION[z.enum(REVIEW_STATES).parse(value)]} IS NOT TRUE`;
    case "flag":
      return Prisma.sql`${value} <> ALL (o.flags)`;
    case "reviewer":
      return Prisma.sql`NOT ${judgedBy(value)}`;
    default:
      return Prisma.sql`${carriesSegment(name.slice("segment.".length), value)} IS NOT TRUE`;
  }
}

/** Upper and lower case are one. In a stored document quotes and breaks are written as JSON writes them. */
function textCondition(text: string, withPayload: boolean): Prisma.Sql {
  const id = Prisma.sql`coalesce(o.sent_id, o.external_id) ILIKE ${containing(text)}`;
  if (!withPayload) return id;
  const json = containing(JSON.stringify(text).slice(1, -1));
  return Prisma.sql`(${id} OR o.input::text ILIKE ${json} OR o.output::text ILIKE ${json})`;
}

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`;
}
