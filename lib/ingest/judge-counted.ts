import type { BreakerWatch } from "@/lib/contract/breaker-watch";
import type { ContractInForce } from "@/lib/contract/contract-in-force";
import { countSeen, type SeenCounts } from "@/lib/contract/count-seen";
import type { RecentValues } from "@/lib/contract/recent-values";
import type { RecordFacts } from "@/lib/contract/record-facts";
import type { WatchedContract } from "@/lib/contract/watch-breakers";
import { type Judging, judgeRead } from "./judge-read";
import type { OutputRecord } from "./output-record";
import type { ReadRecords } from "./read-records";
import type { Sender } from "./sender";

const NO_CONTRACT: WatchedContract = { version: 0, expected: new Map() };

/** Judges what comes in, and counts it for the breakers: a code that breaks in mass holds nothing back, from this very request on. */
export async function judgeCounted(
  inForce: ContractInForce | null,
  { project, source }: Sender,
  { read, watch, recent }: { read: ReadRecords<OutputRecord>; watch: BreakerWatch; recent: RecentValues },
): Promise<void> {
  const suspended: Judging["suspended"] = (judged) => {
    const seen: SeenCounts = new Map();
    const nowMs = Date.now();
    // A recorded stream brings months within minutes: its own time says what came together.
    const at = (occurredMs: number) => (source.recordedHistory ? Math.min(occurredMs, nowMs) : nowMs);
    let newest = source.recordedHistory ? null : nowMs;
    for (const { item, checked } of judged) {
      const facts = item.record.sent as RecordFacts;
      if (inForce) recent.see(project.id, inForce, { id: item.record.externalId, facts, checked });
      const ms = at(item.record.occurredMs);
      newest = Math.max(newest ?? ms, ms);
      countSeen(
        seen,
        ms,
        checked.reasons.filter(({ effect }) => effect !== "A"),
      );
    }
    // Without any record that can be read, nobody knows when these happened.
    if (newest !== null) for (const { reasons } of read.refused) countSeen(seen, newest, reasons);
    return watch.see(project.id, inForce ?? NO_CONTRACT, seen);
  };
  await judgeRead(inForce, read, { suspended });
}

/** The same as a question: nothing is counted. */
export async function judgeAsked(
  inForce: ContractInForce | null,
  { project }: Sender,
  { read, watch }: { read: ReadRecords<OutputRecord>; watch: BreakerWatch },
): Promise<void> {
  await judgeRead(inForce, read, {
    suspended: () => watch.suspended(project.id, inForce ?? NO_CONTRACT),
  });
}
