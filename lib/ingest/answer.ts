import type { Reason } from "@/lib/quarantine/reason";
import { type Counts, noCounts } from "./count-outcomes";
import type { PreparedOutput, PreparedRequest } from "./prepared";
import { meantField } from "./read-record";

export type Outcome = "accepted" | "flagged" | "duplicate" | "conflict";

/** A line of the answer: records that were simply accepted have none. */
interface ResultLine {
  index: number;
  id: string | null;
  status: "flagged" | "duplicate" | "conflict" | "quarantined";
  quarantine_id?: string;
  reasons?: readonly (Reason | Pick<Reason, "code">)[];
}

export interface Answer {
  counts: Counts;
  /** The body, as sent and as replayed to a retry. */
  text: string;
}

/** What happened to each record of a request. */
export function answerRequest(
  request: PreparedRequest,
  outcomeOf: (output: PreparedOutput) => Outcome,
): Answer {
  const counts = noCounts();
  const lines: ResultLine[] = [];
  for (const output of request.outputs) {
    const outcome = outcomeOf(output);
    counts[outcome === "duplicate" ? "duplicates" : outcome === "conflict" ? "conflicts" : outcome] += 1;
    if (outcome === "accepted") continue;
    const reasons = outcome === "flagged" ? { reasons: output.record.flags.map((code) => ({ code })) } : {};
    lines.push({ index: output.read.index, id: output.record.externalId, status: outcome, ...reasons });
  }
  for (const { index, id, externalId, reasons } of request.quarantined) {
    lines.push({ index, id: externalId, status: "quarantined", quarantine_id: id, reasons });
  }
  counts.quarantined = request.quarantined.length;
  counts.received = request.outputs.length + request.quarantined.length;
  lines.sort((a, b) => a.index - b.index);
  const { refused: _, ...shown } = counts;
  const warnings = request.unexpected.size > 0 ? { warnings: unexpectedFields(request.unexpected) } : {};
  return {
    counts,
    text: JSON.stringify({ request_id: request.requestId, ...shown, results: lines, ...warnings }),
  };
}

function unexpectedFields(fields: ReadonlyMap<string, number>) {
  return [...fields].slice(0, 32).map(([name, records]) => {
    const meant = meantField(name);
    const expected =
      meant === undefined ? "kept with the output" : `kept with the output; did you mean ${meant}?`;
    return { code: "FIELD_UNEXPECTED", path: `/${name.slice(0, 256)}`, records, expected };
  });
}
