import { Prisma } from "@/lib/db/generated/client";

/**
 * What a field of an output must fulfil: "/input/contact = cellular", "/input/beds is missing", "/input/price > 10 <= 20",
 * "/input/text#length > 400". The field is a JSON pointer; #length and #items measure a text or a list.
 */
export const FIELD_TEXT =
  /^(\/(?:input|output|environment|segments)(?:\/.*?)?|\/confidence|\/latencyMs)(#length|#items)?(?: is (missing)| = ([^]*)|(?: > (-?[\d.e+-]+))?(?: <= (-?[\d.e+-]+))?)$/;

/** The condition in SQL. A text that is none finds nothing. */
export function fieldCondition(text: string): Prisma.Sql {
  const parts = FIELD_TEXT.exec(text);
  if (!parts) return Prisma.sql`false`;
  const [, path = "", measure, missing, value, above, atMost] = parts;
  const { json, found } = fieldValue(path);
  if (missing) return Prisma.sql`(${found} IS NULL OR btrim(${found}) = '')`;
  if (value !== undefined) return Prisma.sql`${found} = ${value}`;
  const number = measuredValue(json, found, measure);
  const bounds = [
    Prisma.sql`${number} IS NOT NULL`,
    ...(above === undefined ? [] : [Prisma.sql`${number} > ${Number(above)}::float8`]),
    ...(atMost === undefined ? [] : [Prisma.sql`${number} <= ${Number(atMost)}::float8`]),
  ];
  return Prisma.sql`(${Prisma.join(bounds, " AND ")})`;
}

const COLUMNS: Readonly<Record<string, Prisma.Sql>> = {
  input: Prisma.sql`o.input`,
  output: Prisma.sql`o.output`,
  segments: Prisma.sql`o.segments`,
};

function fieldValue(path: string): { json: Prisma.Sql; found: Prisma.Sql } {
  const [root = "", ...rest] = path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (root === "confidence")
    return { json: Prisma.sql`to_jsonb(o.confidence)`, found: Prisma.sql`o.confidence::text` };
  const column = COLUMNS[root] ?? Prisma.sql`o.extra`;
  const names =
    root === "latencyMs" ? ["telemetry", "latency_ms"] : root === "environment" ? [root, ...rest] : rest;
  return {
    json: Prisma.sql`(${column} #> ${names}::text[])`,
    found: Prisma.sql`(${column} #>> ${names}::text[])`,
  };
}

/** Null where there is no such thing, so that no cast can fail. */
function measuredValue(json: Prisma.Sql, found: Prisma.Sql, measure: string | undefined): Prisma.Sql {
  if (measure === "#length")
    return Prisma.sql`CASE WHEN jsonb_typeof(${json}) = 'string' THEN length(${found})::float8 END`;
  if (measure === "#items")
    return Prisma.sql`CASE WHEN jsonb_typeof(${json}) = 'array' THEN jsonb_array_length(${json})::float8 END`;
  const isNumber = String.raw`^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?\s*$`;
  return Prisma.sql`CASE WHEN length(${found}) <= 40 AND ${found} ~ ${isNumber} THEN ${found}::float8 END`;
}
