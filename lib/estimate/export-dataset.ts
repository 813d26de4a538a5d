import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { besideRows, sampleRows } from "./dataset-rows";
import type { DatasetQuery } from "./dataset-schema";
import { CSV_HEADER, csvLine, jsonLine } from "./dataset-text";
import { readWeights } from "./dataset-weights";

/**
 * Judged outputs with their labels, corrections and weights as text, line by line. The export is in the audit log before its first
 * line is given. Weights are those of the beginning; what is judged while it runs comes with the next export.
 */
export async function exportDataset(ctx: Ctx, query: DatasetQuery): Promise<AsyncGenerator<string>> {
  await inTransaction(ctx.db, (tx) =>
    writeAudit(tx, ctx, {
      action: "dataset.export",
      objectKind: "project",
      objectId: ctx.project.id,
      details: {
        format: query.format,
        ...(query.from ? { from: query.from } : {}),
        ...(query.to ? { to: query.to } : {}),
        ...(query.include.length > 0 ? { include: query.include.join(", ") } : {}),
      },
    }),
  );
  return lines(ctx, query, await readWeights(ctx, query));
}

async function* lines(
  ctx: Ctx,
  query: DatasetQuery,
  weights: Awaited<ReturnType<typeof readWeights>>,
): AsyncGenerator<string> {
  const line = query.format === "csv" ? csvLine : jsonLine;
  if (query.format === "csv") yield CSV_HEADER;
  for (const rows of [sampleRows, besideRows])
    for await (const row of rows(ctx, query, weights)) yield line(row);
}
