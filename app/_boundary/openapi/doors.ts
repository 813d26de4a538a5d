import type * as z from "zod";

import {
  checkAnswer,
  checkedShape,
  closeAnswer,
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
  "/api/v1/hooks/[source]": {
    summary: "A signed webhook (Standard Webhooks or X-Hub-Signature-256) in the sender's own form.",
    scope: null,
    body: null,
    many: false,
    example: output,
    answers: { 202: outputsAnswer },
  },
};
