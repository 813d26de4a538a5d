import type { CommitQueue } from "./commit-queue";
import { databaseNow } from "./database-clock";
import { prepareOutputs, prepareQuarantine } from "./prepare-request";
import type { IdempotencyClaim, IngestParts } from "./prepared";
import { readOutputRecord } from "./read-record";
import { type ReadRecords, readRecords, type RefusedRecord } from "./read-records";
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
