import { otelVariables } from "@/app/(app)/[project]/setting/keys/otel-lines";
import type { SampleRecord } from "@/lib/start/schema";

/** The variables of an exporter, and the records as spans that are sent with them at once. */
export function otelLines(address: string, token: string | null, records: readonly SampleRecord[]): string {
  const spans = records.map((record, index) => JSON.stringify(resourceSpans(record, index))).join(",\n");
  return [
    otelVariables(address, token),
    `curl -X POST "$OTEL_EXPORTER_OTLP_ENDPOINT/v1/traces" -H "Content-Type: application/json" \\`,
    `  -H "Authorization: Bearer \${OTEL_EXPORTER_OTLP_HEADERS##*%20}" --data-binary @- <<'SPANS'`,
    `{"resourceSpans": [`,
    spans,
    "]}",
    "SPANS",
  ].join("\n");
}

/** The process is part of it, because the version of the model is the version of its service. */
function resourceSpans(record: SampleRecord, index: number) {
  const { id, occurred_at: at, input, output, segments, ...rest } = record;
  const model = Object(record.model) as { name?: unknown; version?: unknown };
  const nanos = `${Date.parse(String(at))}000000`;
  const numbered = (index + 1).toString(16);
  const named = Object.entries(segments ?? {}).map(([name, value]) => pair(`assay.segment.${name}`, value));
  const others = ["confidence", "ground_truth", "phase"].map((name) => pair(`assay.${name}`, rest[name]));
  const attributes = [
    pair("assay.output.id", id),
    pair("assay.input", input),
    pair("assay.output", output),
    pair("gen_ai.request.model", model.name),
    ...named,
    ...others,
  ];
  return {
    resource: { attributes: [pair("service.version", model.version)].filter((each) => each !== null) },
    scopeSpans: [
      {
        spans: [
          {
            traceId: nanos.padEnd(24, "0") + numbered.padStart(8, "0"),
            spanId: numbered.padStart(16, "0"),
            name: "output",
            startTimeUnixNano: nanos,
            endTimeUnixNano: nanos,
            attributes: attributes.filter((each) => each !== null),
          },
        ],
      },
    ],
  };
}

/** Lists and objects are texts of JSON in attributes. Null for what the record does not have. */
function pair(key: string, value: unknown) {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return { key, value: { boolValue: value } };
  if (typeof value === "number") return { key, value: { doubleValue: value } };
  return { key, value: { stringValue: typeof value === "string" ? value : JSON.stringify(value) } };
}
