/**
 * What an OpenTelemetry exporter reads from its environment. Tracing records no inputs and outputs by itself, so the lines switch that
 * on for OpenTelemetry's own instrumentation of models; metrics and logs would find no door.
 */
export function otelVariables(origin: string, token: string | null): string {
  return [
    `export OTEL_EXPORTER_OTLP_ENDPOINT='${origin}/api/v1/otlp'`,
    `export OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer%20${token ?? "asy_…"}'`,
    "export OTEL_EXPORTER_OTLP_PROTOCOL='http/protobuf'",
    "export OTEL_METRICS_EXPORTER='none' OTEL_LOGS_EXPORTER='none'",
    "export OTEL_SEMCONV_STABILITY_OPT_IN='gen_ai_latest_experimental'",
    "export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT='SPAN_ONLY'",
  ].join("\n");
}
