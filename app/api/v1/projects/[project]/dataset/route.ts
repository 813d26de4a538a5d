import { defineRoute } from "@/app/_boundary/route";
import { streamOfTexts } from "@/lib/core/text-stream";
import { datasetQuerySchema } from "@/lib/estimate/dataset-schema";
import { exportDataset } from "@/lib/estimate/export-dataset";

const TYPE = { jsonl: "application/x-ndjson; charset=utf-8", csv: "text/csv; charset=utf-8" } as const;

/** Judged outputs with labels, corrections and weights, as a download. */
export const GET = defineRoute({
  policy: { capability: "payload.read" },
  query: datasetQuerySchema,
  response: "raw",
  audit: "dataset.export",
  handler: async ({ ctx, query }) => {
    const lines = await exportDataset(ctx, query);
    const day = ctx.now.toISOString().slice(0, 10);
    return new Response(streamOfTexts(lines), {
      headers: {
        "content-type": TYPE[query.format],
        "content-disposition": `attachment; filename="${ctx.project.slug}-dataset-${day}.${query.format}"`,
      },
    });
  },
});
