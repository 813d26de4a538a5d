import { defineRoute } from "@/app/_boundary/route";
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
    return new Response(streamOf(lines), {
      headers: {
        "content-type": TYPE[query.format],
        "content-disposition": `attachment; filename="${ctx.project.slug}-dataset-${day}.${query.format}"`,
      },
    });
  },
});

/** Read as fast as it is taken, and no faster; a reader who goes away ends the reading. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 16 },
  );
}
