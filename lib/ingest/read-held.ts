import { isUtf8 } from "node:buffer";
import { contractInForce } from "@/lib/contract/contract-in-force";
import { suspendedCodes } from "@/lib/contract/watch-breakers";
import type { Ctx } from "@/lib/core/ctx";
import type { Reason } from "@/lib/quarantine/reason";
import type { HeldRow } from "./held-records";
import { judgeRead } from "./judge-read";
import { mapRecord } from "./map-record";
import type { OutputRecord } from "./output-record";
import { readOutputRecord } from "./read-record";
import type { ReadItem, ReadRecords } from "./read-records";
import { readSlice } from "./record-scanner";
import { mappingSchema } from "./schema";

/** A held record as it would be taken now; without an item it still cannot be. */
export interface ReadHeld {
  row: HeldRow;
  item: ReadItem<OutputRecord> | null;
  reasons: Reason[];
  contractVersion: number | null;
}

/** Reads the bytes as when they came, by the contract of now; `accepting` flags what the contract would hold back. */
export async function readHeldRecord(ctx: Ctx, row: HeldRow, accepting: boolean): Promise<ReadHeld> {
  const still = (reasons: Reason[], contractVersion: number | null = null): ReadHeld => ({
    row,
    item: null,
    reasons,
    contractVersion,
  });
  // A truth is no output, and of a huge record only the beginning is kept.
  if (row.kind !== "output" || row.raw.length !== row.rawLength) return still(row.reasons as Reason[]);
  const { reasons, value } = readSlice(row.raw, 0, row.raw.length, isUtf8(row.raw));
  if (reasons.length > 0) return still(reasons);
  const record = row.mapping === null ? value : mapRecord(mappingSchema.parse(row.mapping), value);
  const facts = { nowMs: row.receivedAt.getTime(), recordedHistory: row.recordedHistory };
  const result = readOutputRecord(record, facts);
  if (!result.ok) return still(result.reasons);
  const read: ReadRecords<OutputRecord> = {
    records: [{ index: 0, record: result.record, raw: row.raw }],
    refused: [],
    unexpected: new Map(),
  };
  const inForce = await contractInForce(ctx.db, ctx.project.id);
  const suspended = () => suspendedCodes(ctx.db, ctx.project.id, inForce?.version ?? 0);
  await judgeRead(inForce, read, { suspended, accepting });
  const [refused] = read.refused;
  if (refused) return still(refused.reasons, refused.contractVersion ?? null);
  return { row, item: read.records[0] ?? null, reasons: [], contractVersion: result.record.contractVersion };
}
