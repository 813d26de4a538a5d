import { admitToMetrics, metricScope } from "@/app/_boundary/metrics-access";
import { defineRoute } from "@/app/_boundary/route";
import { METRIC_TYPE } from "@/lib/metrics/metric-text";
import { readMetrics } from "@/lib/metrics/read-metrics";

/** For Prometheus: numbers about this installation and its projects. */
export const GET = defineRoute({
  policy: { public: "A token of its own opens it, or the machine itself (see admitToMetrics)." },
  response: "raw",
  handler: async ({ ctx, request }) => {
    admitToMetrics(request.headers);
    return new Response(await readMetrics(ctx, metricScope), { headers: { "content-type": METRIC_TYPE } });
  },
});
