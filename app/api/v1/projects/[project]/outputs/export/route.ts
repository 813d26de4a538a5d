import { defineRoute } from "@/app/_boundary/route";
import { streamOfTexts } from "@/lib/core/text-stream";
import { exportOutputs } from "@/lib/output/export-outputs";
import { outputExportSchema } from "@/lib/output/export-schema";

const TYPE = { jsonl: "application/x-ndjson; charset=utf-8", csv: "text/csv; charset=utf-8" } as const;

/** Exactly the outputs that a filter finds, as a download. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "All outputs that a filter finds, streamed as CSV or JSON lines.",
  query: outputExportSchema,
  response: "raw",
  audit: "output.export",
  handler: async ({ ctx, query, can }) => {
    const texts = await exportOutputs(ctx, query, can("payload.read"));
    const day = ctx.now.toISOString().slice(0, 10);
    return new Response(streamOfTexts(texts), {
      headers: {
        "content-type": TYPE[query.format],
        "content-disposition": `attachment; filename="${ctx.project.slug}-outputs-${day}.${query.format}"`,
      },
    });
  },
});
