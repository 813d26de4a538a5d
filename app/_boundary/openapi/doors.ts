import type * as z from "zod";

import {
  checkAnswer,
  checkedShape,
  closeAnswer,
  otlpAnswer,
  otlpLogsShape,
  otlpTracesShape,
  outputShape,
  outputsAnswer,
  releaseAnswer,
  truthAnswer,
  truthShape,
} from "./door-shapes";
import { closeSchema } from "@/lib/ingest/epochs-door";
import { releaseSchema } from "@/lib/ingest/record-release";

/** A door for machines as the API's description shows it. */
export interface DescribedDoor {
  summary: string;
  scope: "outputs:write" | "truth:write" | null;
  /** null: the sender's own form, mapped by the project's settings. */
  body: z.ZodType | null;
  /** One of them alone, an array of them, {"batch": […]} or NDJSON. */
  many: boolean;
  example: Record<string, unknown>;
  answers: Readonly<Record<number, z.ZodType>>;
  /** More than the scope that it needs. */
  note?: string;
  /** The same as protobuf, which this description cannot show. */
  protobuf?: true;
}

const output = {
  id: "req_8",
  occurred_at: "2026-11-22T09:15:05.123Z",
  input: { subject: "Invoice 4711", text: "Please find attached …" },
  output: { label: "invoice" },
  model: { name: "router", version: "1.4" },
  segments: { region: "eu", channel: "mail" },
  confidence: 0.93,
};
const { id: _id, occurred_at: _at, output: _output, ...beforehand } = output;

const otlpText = (key: string, value: string) => ({ key, value: { stringValue: value } });
const OTLP_NOTE =
  "Also as application/x-protobuf, and with the key in HTTP Basic. Answers and errors (google.rpc.Status) have the form of the request.";

export const DESCRIBED_DOORS: Readonly<Record<string, DescribedDoor>> = {
  "/api/v1/outputs": {
    summary: "Send outputs of production or of the pilot.",
    scope: "outputs:write",
    body: outputShape,
    many: true,
    example: output,
    answers: { 202: outputsAnswer },
  },
  "/api/v1/check": {
    summary: "Ask what the contract says before a model is asked; nothing is stored.",
    scope: "outputs:write",
    body: checkedShape,
    many: true,
    example: beforehand,
    answers: { 200: checkAnswer },
  },
  "/api/v1/ground-truth": {
    summary: "Send what would have been right, as soon as it is known.",
    scope: "truth:write",
    body: truthShape,
    many: true,
    example: { id: "req_8", ground_truth: { label: "invoice" }, known_at: "2026-11-25T08:00:00Z" },
    answers: { 202: truthAnswer },
  },
  "/api/v1/releases": {
    summary: "Say that a model version became live: a marker on the charts.",
    scope: "outputs:write",
    body: releaseSchema,
    many: false,
    example: {
      model: { name: "router", version: "1.4" },
      released_at: "2026-11-25T08:00:00Z",
      note: "new prompt",
    },
    answers: { 200: releaseAnswer, 201: releaseAnswer },
  },
  "/api/v1/epochs/close": {
    summary: "Say that days of recorded history are complete.",
    scope: "outputs:write",
    body: closeSchema,
    many: false,
    example: { before: "2026-01-12T00:00:00Z" },
    answers: { 200: closeAnswer },
  },
  "/api/v1/otlp/v1/traces": {
    summary: "OTLP/HTTP: the outputs among the spans of an OpenTelemetry exporter.",
    scope: "outputs:write",
    body: otlpTracesShape,
    many: false,
    protobuf: true,
    example: {
      resourceSpans: [
        {
          resource: {
            attributes: [otlpText("service.version", "1.4"), otlpText("assay.segment.region", "eu")],
          },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: "5b8efff798038103d269b633813fc60c",
                  spanId: "eee19b7ec3c1b174",
                  name: "chat",
                  startTimeUnixNano: "1795338904311000000",
                  endTimeUnixNano: "1795338905123000000",
                  attributes: [
                    otlpText("gen_ai.response.model", "router"),
                    otlpText("assay.input", '{"subject":"Invoice 4711"}'),
                    otlpText("assay.output", '{"label":"invoice"}'),
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    note: OTLP_NOTE,
    answers: { 200: otlpAnswer },
  },
  "/api/v1/otlp/v1/logs": {
    summary: "OTLP/HTTP: the truths among log records, which are events gen_ai.evaluation.result.",
    scope: "truth:write",
    body: otlpLogsShape,
    many: false,
    protobuf: true,
    example: {
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: "1795593600000000000",
                  eventName: "gen_ai.evaluation.result",
                  traceId: "5b8efff798038103d269b633813fc60c",
                  spanId: "eee19b7ec3c1b174",
                  attributes: [
                    otlpText("gen_ai.evaluation.name", "label"),
                    otlpText("gen_ai.evaluation.score.label", "invoice"),
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    note: OTLP_NOTE,
    answers: { 200: otlpAnswer },
  },
  "/api/v1/hooks/[source]": {
    summary: "A signed webhook (Standard Webhooks or X-Hub-Signature-256) in the sender's own form.",
    scope: null,
    body: null,
    many: false,
    example: output,
    answers: { 202: outputsAnswer },
  },
};
