import { setImmediate as breathe } from "node:timers/promises";
import type { CheckedRecord, CheckReason } from "@/lib/contract/check-reason";
import { checkRecord } from "@/lib/contract/check-record";
import type { ContractInForce } from "@/lib/contract/contract-in-force";
import type { RecordFacts } from "@/lib/contract/record-facts";
import type { Reason } from "@/lib/quarantine/reason";
import type { OutputRecord } from "./output-record";
import type { ReadItem, ReadRecords } from "./read-records";

/** How long checking may keep everybody else waiting. */
const TURN_MS = 15;

/** A production record with what the contract found in it; nothing where there is no contract. */
interface JudgedItem {
  item: ReadItem<OutputRecord>;
  checked: CheckedRecord;
}

export interface Judging {
  /** Codes that hold nothing back at this moment; it is asked with all that was found, before anything follows from it. */
  suspended: (judged: readonly JudgedItem[]) => Promise<ReadonlySet<string>>;
  /** Turns holding back into flagging altogether. */
  accepting?: boolean;
}

/**
 * Judges production records by a contract: flags are added, and records that it holds back go over to the refused ones, with their
 * bytes. The pilot is what contracts are made from, and is never judged by one.
 */
export async function judgeRead(
  inForce: ContractInForce | null,
  read: ReadRecords<OutputRecord>,
  { suspended: suspendedOf, accepting = false }: Judging,
): Promise<void> {
  const judged = await checkAll(inForce, read);
  const suspended = await suspendedOf(judged);
  if (!inForce) return;
  const checkedOf = new Map(judged.map(({ item, checked }) => [item, checked]));
  const kept: ReadItem<OutputRecord>[] = [];
  for (const item of read.records) {
    const { record } = item;
    const checked = checkedOf.get(item);
    if (!checked) {
      kept.push(item);
    } else if (
      !accepting &&
      checked.reasons.some(({ code, effect }) => effect === "Q" && !suspended.has(code))
    ) {
      read.refused.push({
        index: item.index,
        externalId: record.externalId,
        reasons: shown(checked.reasons.toSorted((a, b) => rank(a) - rank(b))),
        raw: item.raw,
        contractVersion: inForce.version,
      });
    } else {
      note(record, inForce.version, checked);
      kept.push(item);
    }
  }
  read.records = kept;
}

async function checkAll(
  inForce: ContractInForce | null,
  read: ReadRecords<OutputRecord>,
): Promise<JudgedItem[]> {
  const judged: JudgedItem[] = [];
  let turnEnds = performance.now() + TURN_MS;
  for (const item of read.records) {
    if (item.record.phase === "PILOT") continue;
    const facts = item.record.sent as RecordFacts;
    judged.push({
      item,
      checked: inForce ? checkRecord(inForce.contract, facts) : { reasons: [], total: 0 },
    });
    if (performance.now() > turnEnds) {
      await breathe();
      turnEnds = performance.now() + TURN_MS;
    }
  }
  return judged;
}

/** What holds a record back comes first: quarantine is grouped by it. */
function rank({ effect }: CheckReason): number {
  return "QFA".indexOf(effect);
}

function note(record: OutputRecord, version: number, checked: CheckedRecord): void {
  record.contractVersion = version;
  if (checked.reasons.length === 0) return;
  record.reasons = shown(checked.reasons);
  for (const { code, effect } of checked.reasons) {
    if (effect !== "A" && !record.flags.includes(code)) record.flags.push(code);
  }
}

/** As they are stored and answered; the effect is the record's, and can be read off its state. */
function shown(reasons: readonly CheckReason[]): Reason[] {
  return reasons.map(({ code, path, observed, expected, rule }) => ({
    code,
    path,
    ...(observed === undefined ? {} : { observed }),
    ...(expected === undefined ? {} : { expected }),
    ...(rule === undefined ? {} : { rule }),
  }));
}
