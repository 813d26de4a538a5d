import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";

/** One line of a recorded, labelled stream. */
const recordSchema = z.object({
  id: z.string().min(1),
  occurredAt: z.iso.datetime({ offset: true }),
  phase: z.enum(["pilot", "production"]),
  input: z.unknown(),
  output: z.unknown(),
  confidence: z.number().min(0).max(1).nullish(),
  segments: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cluster: z.string().nullish(),
  groundTruth: z.unknown(),
});
export type RecordedOutput = z.output<typeof recordSchema>;

export interface RecordedWeek {
  /** Monday, UTC: "2026-01-05" */
  start: string;
  records: RecordedOutput[];
}

/** Reads `.jsonl` or `.jsonl.gz`. @throws Error naming the line that is no record or out of order. */
export async function readRecordedStream(file: string): Promise<RecordedOutput[]> {
  const bytes = createReadStream(file);
  const text = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  const records: RecordedOutput[] = [];
  let line = 0;
  for await (const raw of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (raw.trim() === "") continue;
    const record = parseLine(raw, line);
    const last = records.at(-1);
    if (last && Date.parse(last.occurredAt) > Date.parse(record.occurredAt)) {
      throw new Error(`Line ${line} happened before the line above it: sort the file by occurredAt.`);
    }
    records.push(record);
  }
  if (records.length === 0) throw new Error("The file holds no records.");
  return records;
}

function parseLine(raw: string, line: number): RecordedOutput {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new Error(`Line ${line} is not JSON.`);
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`Line ${line}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not a record"}`);
}

/** The records by week (Monday to Sunday, UTC), in order; weeks without records are left out. */
export function recordedWeeks(records: readonly RecordedOutput[]): RecordedWeek[] {
  const weeks: RecordedWeek[] = [];
  for (const record of records) {
    const start = weekStart(record.occurredAt);
    const last = weeks.at(-1);
    if (last?.start === start) last.records.push(record);
    else weeks.push({ start, records: [record] });
  }
  return weeks;
}

/** Monday of the UTC week of an instant. */
export function weekStart(instant: string): string {
  const date = new Date(instant);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - sinceMonday))
    .toISOString()
    .slice(0, 10);
}

/** The record in the shape of `POST /api/v1/outputs`; truth travels with the pilot only. */
export function outputBody(record: RecordedOutput): Record<string, unknown> {
  const pilotTruth =
    record.phase === "pilot" && record.groundTruth !== null && record.groundTruth !== undefined;
  return {
    id: record.id,
    occurred_at: record.occurredAt,
    phase: record.phase,
    input: record.input,
    output: record.output,
    segments: record.segments,
    ...(record.confidence === null || record.confidence === undefined
      ? {}
      : { confidence: record.confidence }),
    ...(record.cluster ? { cluster: record.cluster } : {}),
    ...(pilotTruth ? { ground_truth: record.groundTruth } : {}),
  };
}
