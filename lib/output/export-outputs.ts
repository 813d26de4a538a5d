import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";

import { type ExportedRow, exportedRowSchema, type OutputExport } from "./export-schema";
import { EXPORT_HEADER, exportedCsv, exportedJson } from "./export-text";
import { outputColumns } from "./list-outputs";
import type { PagePosition } from "./page-position";
import { printFilter } from "./print-filter";
import { lookEnd, type OutputSearch, readOutputs, searchOf } from "./read-outputs";

const FEWEST = 50;
const MOST = 2_000;
/** So many letters of documents are in memory at a time, and seldom twice as many. */
const BATCH_LETTERS = 2_000_000;

/**
 * Exactly the outputs that a filter finds, as text, some lines at a time in the order that is asked for. The export is in the audit log
 * before its first line is given. What comes in while it runs may or may not be in it; no output is in it twice.
 */
export async function exportOutputs(
  ctx: Ctx,
  { format, sort, ...filter }: OutputExport,
  withPayload: boolean,
): Promise<AsyncGenerator<string>> {
  const search = await searchOf(ctx, filter, { sort, withPayload });
  await inTransaction(ctx.db, (tx) =>
    writeAudit(tx, ctx, {
      action: "output.export",
      objectKind: "project",
      objectId: ctx.project.id,
      details: { format, filter: printFilter(filter), with_payload: withPayload },
    }),
  );
  return texts(ctx, search, format);
}

async function* texts(
  ctx: Ctx,
  search: OutputSearch,
  format: OutputExport["format"],
): AsyncGenerator<string> {
  const line = format === "csv" ? exportedCsv : exportedJson;
  if (format === "csv") yield EXPORT_HEADER;
  for await (const rows of exportedRows(ctx, search)) if (rows.length > 0) yield rows.map(line).join("");
}

/** All that match, from where the last ones ended: a few at a time where documents are long. */
export async function* exportedRows(ctx: Ctx, search: OutputSearch): AsyncGenerator<ExportedRow[]> {
  const columns = exportColumns(search.withPayload);
  let limit = FEWEST;
  let cursor: PagePosition | null = null;
  do {
    const found = await readOutputs(ctx, search, { columns, cursor, backwards: false, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    // Without a full batch the look has ended, before the last output or with it.
    cursor = last ? [last.place, last.id] : await lookEnd(ctx, search, { cursor, backwards: false });
    const rows = z.array(exportedRowSchema).parse(found);
    limit = nextLimit(rows, limit);
    yield rows;
  } while (cursor);
}

function nextLimit(rows: readonly ExportedRow[], before: number): number {
  if (rows.length === 0) return before;
  const letters = rows.reduce(
    (sum, row) => sum + (row.input?.length ?? 0) + (row.output?.length ?? 0) + 400,
    0,
  );
  const fitting = Math.floor((BATCH_LETTERS * rows.length) / letters);
  return Math.min(Math.max(fitting, FEWEST), MOST, before * 4);
}

/** Probability and weight as the dataset has them: of what is counted. */
function exportColumns(withPayload: boolean): Prisma.Sql {
  const counted = Prisma.sql`s.state = 'SETTLED' AND s.random_number < se.effective_rate`;
  const probability = Prisma.sql`(least(1, se.effective_rate * (1 + o.copies)) * o.source_probability)`;
  const payload = withPayload
    ? Prisma.sql`o.input::text AS input, o.output::text AS output`
    : Prisma.sql`NULL::text AS input, NULL::text AS output`;
  return Prisma.sql`
    ${outputColumns()}, o.day::text AS day, ${payload},
    CASE WHEN ${counted} THEN ${probability} END AS inclusion_probability,
    CASE WHEN ${counted} THEN (1 + o.copies) / ${probability} END AS design_weight`;
}
