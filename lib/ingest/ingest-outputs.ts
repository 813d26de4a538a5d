import { newId } from "@/lib/core/id";
import { localDay } from "@/lib/core/local-day";
import type { SamplingUnit } from "@/lib/sampling/sampling-unit";
import type { CommitQueue } from "./commit-queue";
import { databaseNow } from "./database-clock";
import type {
  IdempotencyClaim,
  IngestParts,
  PilotLabel,
  PreparedOutput,
  PreparedQuarantine,
} from "./prepared";
import { readOutputRecord } from "./read-record";
import { type ReadItem, type ReadRecords, readRecords, type RefusedRecord } from "./read-records";
import type { OutputRecord } from "./output-record";
import type { BodyForm } from "./record-scanner";
import { Refusal } from "./refusal";
import type { Sender } from "./sender";

export interface SentOutputs {
  bytes: Buffer;
  form: BodyForm;
  requestId: string;
  idempotency: IdempotencyClaim | null;
  /** The sender would rather have everything refused than everything quarantined. */
  strict: boolean;
  /** Turns the sender's own form into ours. */
  mapValue?: (value: unknown) => unknown;
}

/**
 * Guards, reads, samples and stores the outputs of one body; what is returned (the answer as JSON) is on disk. Safe to repeat: ids
 * decide, and of two senders of one id the first wins. @throws Refusal, and then nothing was stored
 */
export async function ingestOutputs(
  parts: IngestParts & { queue: CommitQueue },
  sender: Sender,
  sent: SentOutputs,
): Promise<string> {
  const receivedAt = databaseNow();
  const facts = { nowMs: receivedAt.getTime(), recordedHistory: sender.source.recordedHistory };
  const { mapValue } = sent;
  const read: ReadRecords<OutputRecord> = await readRecords(sent.bytes, sent.form, (value) =>
    readOutputRecord(mapValue ? mapValue(value) : value, facts),
  );
  await parts.judgeByContract(sender, read);
  if (sent.strict && read.records.length === 0) throw nothingValid(read.refused);
  const replay = await parts.queue.store({
    requestId: sent.requestId,
    sender,
    receivedAt,
    outputs: await prepareOutputs(parts, sender, receivedAt, read.records),
    quarantined: prepareQuarantine(read.refused),
    idempotency: sent.idempotency,
    unexpected: read.unexpected,
  });
  if (!replay.ok) throw replay.refusal;
  return replay.answer;
}

function nothingValid(refused: readonly RefusedRecord[]): Refusal {
  const results = refused.map(({ index, externalId: id, reasons }) => ({
    index,
    id,
    status: "refused",
    reasons,
  }));
  const sentence =
    "No record of this request can be taken, and strict handling was asked for: nothing was stored.";
  return new Refusal(422, "all_invalid", sentence, { details: { records: refused.length, results } });
}

/** The sampling decision for every output: made before the transaction, the same on every replica and retry. */
export async function prepareOutputs(
  parts: Pick<IngestParts, "openFrame" | "judgePilot">,
  sender: Sender,
  receivedAt: Date,
  outputs: readonly ReadItem<OutputRecord>[],
): Promise<PreparedOutput[]> {
  if (outputs.length === 0) return [];
  const { project, source } = sender;
  const labels = await pilotLabels(parts, project.id, receivedAt, outputs);
  const units = outputs.map(
    ({ record }, at): SamplingUnit => ({
      externalId: record.externalId,
      cluster: record.cluster,
      phase: record.phase,
      segments: record.segments,
      flagged: record.flags.length > 0 || record.raised,
      hasTruth: labels.get(at) !== undefined,
      instant: source.recordedHistory ? new Date(record.occurredMs) : receivedAt,
    }),
  );
  const instants = source.recordedHistory ? units.map((unit) => unit.instant) : [receivedAt];
  const frame = await parts.openFrame(project, source.recordedHistory ? "RECORDED" : "LIVE", instants);
  await frame.prepare(units);
  return outputs.map((read, at) => ({
    read,
    record: read.record,
    day: localDay(new Date(read.record.occurredMs), project.timeZone),
    placed: Object.assign(frame.place(units[at] as SamplingUnit), {
      outputId: newId(),
      settled: labels.get(at) ?? null,
    }),
  }));
}

/** Labels of pilot outputs whose truth came with them, by place. */
async function pilotLabels(
  parts: Pick<IngestParts, "judgePilot">,
  projectId: string,
  receivedAt: Date,
  outputs: readonly ReadItem<OutputRecord>[],
): Promise<Map<number, PilotLabel>> {
  const truths = outputs.flatMap(({ record: { phase, truth, output } }, at) =>
    phase === "PILOT" && truth !== null ? [{ at, truth: truth.value, output }] : [],
  );
  if (truths.length === 0) return new Map();
  const judged = await parts.judgePilot(projectId, receivedAt, truths);
  return new Map(truths.flatMap(({ at }, order) => (judged[order] ? [[at, judged[order]]] : [])));
}

export function prepareQuarantine(refused: readonly RefusedRecord[]): PreparedQuarantine[] {
  return refused.map((record) => ({ contractVersion: null, ...record, id: newId() }));
}
