import type pg from "pg";
import type { MachineDoor } from "@/lib/core/machine-door";
import { withBasicKey } from "./basic-key";
import { evaluationRecords, isEvaluation } from "./evaluation-record";
import { ingestOutputs } from "./ingest-outputs";
import { exportAnswer, type PartialSuccess, statusRefusal } from "./otlp-answer";
import { outermostSpans } from "./outermost-spans";
import type { DoorParts } from "./outputs-door";
import { readBody } from "./read-body";
import { readLogs, readSpans, requiredForm } from "./read-otlp";
import { recordTruths } from "./record-truths";
import { serveRequest } from "./serve-request";
import { spanRecord } from "./span-record";

/** POST /api/v1/otlp/v1/traces: the outputs among the spans of an OpenTelemetry exporter, by the way of all outputs. */
export function tracesDoor(parts: DoorParts): MachineDoor {
  const work: Parameters<typeof serveRequest>[1] = async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(withBasicKey(request), "outputs:write");
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    return parts.refusals.watch(sender, async () => {
      const form = requiredForm(request);
      const { bytes } = await readBody(request, permit);
      const spans = await readSpans(bytes, form);
      const records = outermostSpans(spans).map(spanRecord);
      const partial =
        records.length === 0
          ? noneOf(spans.length, "spans", "the call of a model with its input and output")
          : partialSuccess(
              "outputs",
              await ingestOutputs(parts, sender, {
                bytes: listOf(records),
                form: "json",
                requestId,
                strict: false,
                idempotency: null,
              }),
            );
      return { status: 200, headers, ...exportAnswer(form, "rejectedSpans", partial) };
    });
  };
  const handle = serveRequest(parts.admission, work, statusRefusal);
  return { method: "POST", path: "/api/v1/otlp/v1/traces", handle };
}

/** POST /api/v1/otlp/v1/logs: evaluations are truths about outputs; other log records are nothing that Assay keeps. */
export function logsDoor(parts: DoorParts, pool: pg.Pool): MachineDoor {
  const work: Parameters<typeof serveRequest>[1] = async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(withBasicKey(request), "truth:write");
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    const form = requiredForm(request);
    const { bytes } = await readBody(request, permit);
    const logs = await readLogs(bytes, form);
    const records = evaluationRecords(logs.filter(isEvaluation));
    const partial =
      records.length === 0
        ? noneOf(logs.length, "log records", "an event gen_ai.evaluation.result")
        : partialSuccess(
            "truths",
            await recordTruths(pool, sender, { bytes: listOf(records), form: "json", requestId }),
          );
    return { status: 200, headers, ...exportAnswer(form, "rejectedLogRecords", partial) };
  };
  const handle = serveRequest(parts.admission, work, statusRefusal);
  return { method: "POST", path: "/api/v1/otlp/v1/logs", handle };
}

function listOf(records: readonly string[]): Buffer {
  return Buffer.from(`[${records.join(",\n")}]`);
}

/** Said, though nothing was refused: else nobody would learn why nothing comes in. */
function noneOf(count: number, sent: string, wanted: string): PartialSuccess | null {
  if (count === 0) return null;
  return { rejected: 0, message: `Nothing was kept: none of the ${count} ${sent} is ${wanted}.` };
}

interface Answered {
  received: number;
  quarantined: number;
  conflicts?: number;
  results: { status: string; reasons?: { code: string; path?: string }[] }[];
}

const MOST_REASONS = 3;

/** What an exporter is told of the answer that other senders get. */
function partialSuccess(what: string, answer: string): PartialSuccess | null {
  const { received, quarantined, conflicts = 0, results } = JSON.parse(answer) as Answered;
  const sentences: string[] = [];
  if (quarantined > 0) {
    const held = results.filter(({ status }) => status === "quarantined").map(({ reasons }) => reasons?.[0]);
    const reasons = new Set(held.map((reason) => `${reason?.code} ${reason?.path ?? ""}`.trim()));
    const shown = [...reasons].slice(0, MOST_REASONS).join(", ");
    sentences.push(`${quarantined} of ${received} ${what} are kept in quarantine (${shown}).`);
    if (shown.includes("SPAN_NO_CONTENT")) sentences.push("Let the sender record inputs and outputs.");
  }
  if (conflicts > 0) sentences.push(`${conflicts} have the id of another output, which counts.`);
  if (sentences.length === 0) return null;
  return { rejected: quarantined + conflicts, message: sentences.join(" ") };
}
