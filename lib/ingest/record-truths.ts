import type pg from "pg";
import { newId } from "@/lib/core/id";
import { databaseNow } from "./database-clock";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw } from "./enqueue-follow-up";
import { insertQuarantined, insertTruths, type TruthRow } from "./insert-kept";
import { prepareQuarantine } from "./ingest-outputs";
import { readTruthRecord } from "./read-truth";
import { type ReadItem, readRecords } from "./read-records";
import type { TruthRecord } from "./read-truth";
import type { BodyForm } from "./record-scanner";
import type { Sender } from "./sender";

type TruthStatus = "accepted" | "parked" | "duplicate";

/**
 * Appends truths about outputs, apart from what reviewers said; what is returned (the answer as JSON) is on disk. A truth may come
 * before its output: it is parked, and a job settles what it can settle. Safe to repeat.
 */
export async function recordTruths(
  pool: pg.Pool,
  sender: Sender,
  sent: { bytes: Buffer; form: BodyForm; requestId: string },
): Promise<string> {
  const receivedAt = databaseNow();
  const read = await readRecords(sent.bytes, sent.form, readTruthRecord);
  const quarantined = prepareQuarantine(read.refused);
  const projectId = sender.project.id;
  const rows = read.records.map(
    ({ record }): TruthRow => ({ id: newId(), projectId, receivedAt, ...record }),
  );
  const statuses = await inDurableTransaction(pool, async (client) => {
    const stored = await insertTruths(client, rows);
    if (quarantined.length > 0) {
      await insertQuarantined(
        client,
        quarantined.map((record) => ({ sender, receivedAt, kind: "truth", record })),
      );
    }
    const known = await knownOutputs(client, projectId, rows);
    if (stored.size > 0) await enqueueRaw(client, "settle-truth", projectId);
    return rows.map(({ id, externalId }): TruthStatus => {
      if (!stored.has(id)) return "duplicate";
      return known.has(externalId) ? "accepted" : "parked";
    });
  });
  return answerText(sent.requestId, read.records, statuses, quarantined);
}

async function knownOutputs(
  client: pg.ClientBase,
  projectId: string,
  rows: readonly TruthRow[],
): Promise<Set<string>> {
  const { rows: found } = await client.query<{ id: string }>({
    name: "truth-known-outputs",
    text: "SELECT external_id AS id FROM output WHERE project_id = $1 AND external_id = ANY($2)",
    values: [projectId, rows.map(({ externalId }) => externalId)],
  });
  return new Set(found.map(({ id }) => id));
}

function answerText(
  requestId: string,
  records: readonly ReadItem<TruthRecord>[],
  statuses: readonly TruthStatus[],
  quarantined: ReturnType<typeof prepareQuarantine>,
): string {
  const count = (status: TruthStatus) => statuses.filter((each) => each === status).length;
  const results = [
    ...records.flatMap(({ index, record }, at) =>
      statuses[at] === "accepted" ? [] : [{ index, id: record.externalId, status: statuses[at] }],
    ),
    ...quarantined.map(({ index, id, externalId, reasons }) => ({
      index,
      id: externalId,
      status: "quarantined",
      quarantine_id: id,
      reasons,
    })),
  ].sort((a, b) => a.index - b.index);
  return JSON.stringify({
    request_id: requestId,
    received: records.length + quarantined.length,
    accepted: count("accepted"),
    parked: count("parked"),
    duplicates: count("duplicate"),
    quarantined: quarantined.length,
    results,
  });
}
