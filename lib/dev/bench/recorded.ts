import { join } from "node:path";
import type { PrismaClient } from "@/lib/db/generated/client";
import { RECORDED_SETS, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { keyClient } from "@/lib/dev/replay/http-client";
import { readRecordedStream } from "@/lib/dev/replay/recorded-stream";
import { sendWeek } from "@/lib/dev/replay/send-week";
import { readLedgerTotals } from "@/lib/ingest/queries";
import { differentOutputs } from "@/lib/ingest/testing/different-outputs";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import { makeBenchKey, startServer, startWorker, withBenchDatabase } from "./bench-server";
import type { BenchSection } from "./section";

/** The recorded streams through the door, whole: nothing lost, nothing changed, and the ledger adds up. @throws Error otherwise */
export async function benchRecorded(): Promise<BenchSection> {
  const rows: string[][] = [];
  await withBenchDatabase(4, async (database) => {
    const port = await startServer("assay", database);
    startWorker(database);
    for (const name of RECORDED_SETS) {
      const row = await sendSet(database.db, port, name);
      process.stdout.write(`  ${row.join(", ")}\n`);
      rows.push(row);
    }
  });
  return {
    title: "Recorded streams: complete and equal",
    note:
      `All of \`${recordedFolder().split("/").slice(-2).join("/")}\`, in order, 1,000 records a request, one connection, through the door with durable commits, the worker beside it. ` +
      "Each recorded day is opened and settled as that day would have been, which takes most of the time. " +
      "Equal: input, output, segments and time of every output are read back from the database and compared with what was sent. " +
      "The ledger adds up: received is the sum of its parts, and it agrees with the population counts and with the quarantine.",
    columns: [
      "set",
      "sent",
      "accepted",
      "flagged",
      "other",
      "read back equal",
      "ledger adds up",
      "recorded days",
      "seconds",
    ],
    rows,
  };
}

async function sendSet(db: PrismaClient, port: number, name: string): Promise<string[]> {
  const records = await readRecordedStream(join(recordedFolder(), name, "records.jsonl.gz"));
  const sampled = await makeSampledProject(db, { recorded: true });
  const token = await makeBenchKey(db, sampled);
  const machine = keyClient(`http://127.0.0.1:${port}`, token);
  const started = performance.now();
  const sent = await sendWeek(machine, { start: "", records });
  const seconds = (performance.now() - started) / 1_000;
  const ledger = await readLedgerTotals(contextFor(db, sampled.project));
  const { read, different } = await differentOutputs(db, sampled.project.id, records);
  const other = ledger.duplicates + ledger.conflicts + ledger.quarantined + ledger.refused;
  if (!ledger.addsUp || ledger.received !== records.length || sent.accepted !== records.length)
    throw new Error(`${name}: the ledger is ${JSON.stringify(ledger)} for ${records.length} records.`);
  if (read !== records.length || different.length > 0)
    throw new Error(`${name}: ${read} outputs were read back, ${different.length} of them differ.`);
  return [
    name,
    String(records.length),
    String(ledger.accepted),
    String(ledger.flagged),
    String(other),
    String(read),
    "yes",
    String(new Set(records.map(({ occurredAt }) => occurredAt.slice(0, 10))).size),
    seconds.toFixed(0),
  ];
}
