import * as z from "zod";
import { type HttpClient, HttpError } from "./http-client";
import { outputBody, type RecordedWeek } from "./recorded-stream";

/** Records per request. */
const BATCH = 1_000;

const count = z.int().min(0);
export const sendCountsSchema = z.strictObject({
  received: count,
  accepted: count,
  duplicates: count,
  conflicts: count,
  quarantined: count,
});
export type SendCounts = z.output<typeof sendCountsSchema>;

export function noSendCounts(): SendCounts {
  return { received: 0, accepted: 0, duplicates: 0, conflicts: 0, quarantined: 0 };
}

interface OutputsReply extends SendCounts {
  flagged: number;
}

/** Sends a recorded week in order through the door for outputs. Records sent before are counted as duplicates. */
export async function sendWeek(machine: HttpClient, week: RecordedWeek): Promise<SendCounts> {
  const sum = noSendCounts();
  for (let from = 0; from < week.records.length; from += BATCH) {
    const reply = await sendBatch(machine, week.records.slice(from, from + BATCH).map(outputBody));
    sum.received += reply.received;
    sum.accepted += reply.accepted + reply.flagged;
    sum.duplicates += reply.duplicates;
    sum.conflicts += reply.conflicts;
    sum.quarantined += reply.quarantined;
  }
  return sum;
}

/** Large inputs: halves what the server finds too large. */
async function sendBatch(machine: HttpClient, batch: Record<string, unknown>[]): Promise<OutputsReply> {
  try {
    return await machine.post<OutputsReply>("/api/v1/outputs", { batch });
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 413 || batch.length === 1) throw error;
  }
  const middle = Math.ceil(batch.length / 2);
  const first = await sendBatch(machine, batch.slice(0, middle));
  const second = await sendBatch(machine, batch.slice(middle));
  return {
    received: first.received + second.received,
    accepted: first.accepted + second.accepted,
    flagged: first.flagged + second.flagged,
    duplicates: first.duplicates + second.duplicates,
    conflicts: first.conflicts + second.conflicts,
    quarantined: first.quarantined + second.quarantined,
  };
}
