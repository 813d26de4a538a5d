import type { MachineDoor } from "@/lib/core/machine-door";
import { databaseNow } from "./database-clock";
import type { OutputRecord, ReadingFacts } from "./output-record";
import type { DoorParts } from "./outputs-door";
import { bodyForm, readBody } from "./read-body";
import { isPlainObject } from "./read-fields";
import { readOutputRecord } from "./read-record";
import { readRecords, type ReadValue } from "./read-records";
import { serveRequest } from "./serve-request";
import { flagReasons } from "./store-requests";

/**
 * POST /api/v1/check: what would become of these records, before a model is asked; nothing is stored or counted. `id`, `occurred_at`
 * and `output` may be missing, and of an output that is not there nothing is said.
 */
export function checkDoor(parts: DoorParts): MachineDoor {
  const handle = serveRequest(parts.admission, async ({ request, permit, requestId }) => {
    const sender = await parts.authenticate(request, "outputs:write");
    const headers = parts.rateLimit(sender.source.id, Number(request.headers["content-length"] ?? 0));
    const { bytes } = await readBody(request, permit);
    const facts = { nowMs: databaseNow().getTime(), recordedHistory: sender.source.recordedHistory };
    const read = await readRecords(bytes, bodyForm(request), (value) => readForCheck(value, facts));
    await parts.judgeAsked(sender, read);
    const results = [
      ...read.records.map(({ index, record }) => ({
        index,
        id: record.externalId === UNNAMED ? null : record.externalId,
        status: record.flags.length > 0 ? "flagged" : "accepted",
        contract_version: record.contractVersion,
        reasons: flagReasons(record),
      })),
      ...read.refused.map(({ index, externalId, reasons, contractVersion }) => ({
        index,
        id: externalId === UNNAMED ? null : externalId,
        status: "quarantined",
        contract_version: contractVersion ?? null,
        reasons,
      })),
    ].sort((a, b) => a.index - b.index);
    const count = (status: string) => results.filter((each) => each.status === status).length;
    const text = JSON.stringify({
      request_id: requestId,
      received: results.length,
      accepted: count("accepted"),
      flagged: count("flagged"),
      quarantined: count("quarantined"),
      results,
    });
    return { status: 200, text, headers };
  });
  return { method: "POST", path: "/api/v1/check", handle };
}

/** Stands for an id that nobody has given yet. */
const UNNAMED = "assay.check";

function readForCheck(value: unknown, facts: ReadingFacts): ReadValue<OutputRecord> {
  if (!isPlainObject(value)) return readOutputRecord(value, facts);
  const now = new Date(facts.nowMs).toISOString();
  const whole = { id: UNNAMED, occurred_at: now, output: null, ...value, phase: "production" };
  const result = readOutputRecord(whole, facts);
  if (!result.ok || value.output !== undefined) return result;
  result.record.flags = value.input === null ? ["FIELD_NULL_REQUIRED"] : withoutNull(result.record.flags);
  result.record.sent = value;
  return result;
}

function withoutNull(flags: OutputRecord["flags"]): OutputRecord["flags"] {
  return flags.filter((code) => code !== "FIELD_NULL_REQUIRED");
}
