import * as z from "zod";

import { REASONS, type ReasonCode } from "@/lib/quarantine/reason";

/*
 * What the doors for machines take and answer, for the API's description only: the doors read bytes themselves and are more
 * patient (one bad record of a thousand is kept in quarantine, unknown members are kept). A test sends the examples to the
 * running doors and parses their answers by these shapes.
 */

const text200 = z.string().min(1).meta({ description: "At most 200 bytes of UTF-8." });
const instant = z.iso.datetime({ offset: true });
const anyJson = z.unknown().meta({ description: "Any JSON value." });

export const outputShape = z
  .looseObject({
    id: text200.meta({ description: "Yours, unique in the project; at most 200 bytes." }),
    occurred_at: instant.meta({ description: "RFC 3339 with a zone." }),
    input: anyJson,
    output: anyJson,
    model: z.looseObject({ name: text200.optional(), version: text200.optional() }).optional(),
    segments: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: "At most 32 names; values of at most 200 bytes." }),
    confidence: z.number().min(0).max(1).optional(),
    ground_truth: anyJson.optional(),
    phase: z.enum(["production", "pilot"]).optional(),
    inclusion_probability: z
      .number()
      .positive()
      .max(1)
      .optional()
      .meta({ description: "You have sampled already, with this probability. Absent: you send everything." }),
    cluster: text200.optional().meta({ description: "Outputs that fail together are counted together." }),
    telemetry: anyJson.optional(),
    environment: anyJson.optional(),
    links: anyJson.optional(),
  })
  .meta({ id: "Output", description: "Unknown members are kept with the output and named as warnings." });

export const checkedShape = outputShape.partial({ id: true, occurred_at: true, output: true });

export const truthShape = z.looseObject({
  id: text200.meta({ description: "The id of the output." }),
  ground_truth: anyJson,
  known_at: instant.optional(),
});

const codes = Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]];
const reasonShape = z
  .strictObject({
    code: z.enum(codes),
    path: z.string().optional().meta({ description: "A JSON pointer." }),
    observed: z.unknown().optional(),
    expected: z.string().optional(),
    rule: z.string().optional(),
  })
  .meta({ id: "Reason" });

const count = z.number().int().min(0);
const line = {
  index: count.meta({ description: "Place of the record in the request, from 0." }),
  id: z.string().nullable(),
};

export const outputsAnswer = z.strictObject({
  request_id: z.string(),
  received: count,
  accepted: count,
  flagged: count,
  duplicates: count,
  conflicts: count,
  quarantined: count,
  results: z
    .array(
      z.strictObject({
        ...line,
        status: z.enum(["flagged", "duplicate", "conflict", "quarantined"]),
        quarantine_id: z.uuid().optional(),
        reasons: z.array(reasonShape).optional(),
      }),
    )
    .meta({ description: "What was simply accepted has no line." }),
  warnings: z
    .array(z.strictObject({ code: z.enum(codes), path: z.string(), records: count, expected: z.string() }))
    .optional(),
});

export const checkAnswer = z.strictObject({
  request_id: z.string(),
  received: count,
  accepted: count,
  flagged: count,
  quarantined: count,
  results: z.array(
    z.strictObject({
      ...line,
      status: z.enum(["accepted", "flagged", "quarantined"]),
      contract_version: count.nullable(),
      reasons: z.array(reasonShape),
    }),
  ),
});

export const truthAnswer = z.strictObject({
  request_id: z.string(),
  received: count,
  accepted: count,
  parked: count,
  duplicates: count,
  quarantined: count,
  results: z.array(
    z.strictObject({
      ...line,
      status: z.enum(["parked", "duplicate", "quarantined"]),
      quarantine_id: z.uuid().optional(),
      reasons: z.array(reasonShape).optional(),
    }),
  ),
});

export const releaseAnswer = z.strictObject({
  id: z.uuid(),
  model: z.strictObject({ name: z.string(), version: z.string() }),
  released_at: instant,
  note: z.string().nullable(),
});

export const closeAnswer = z.strictObject({ request_id: z.string(), closed: count });

const otlpParts = z.array(z.looseObject({}));

/** Of a message that OpenTelemetry defines: only its outermost member. */
export const otlpTracesShape = z
  .looseObject({ resourceSpans: otlpParts })
  .meta({ id: "ExportTraceServiceRequest", description: "As OpenTelemetry's protocol 1.x defines it." });

export const otlpLogsShape = z
  .looseObject({ resourceLogs: otlpParts })
  .meta({ id: "ExportLogsServiceRequest", description: "As OpenTelemetry's protocol 1.x defines it." });

export const otlpAnswer = z
  .strictObject({
    partialSuccess: z
      .strictObject({
        rejectedSpans: z.string().optional(),
        rejectedLogRecords: z.string().optional(),
        errorMessage: z.string().meta({ description: "What was not taken, and why." }),
      })
      .optional(),
  })
  .meta({ id: "ExportResponse", description: "Without members when everything was taken." });
