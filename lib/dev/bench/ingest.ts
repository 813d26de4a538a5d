import { randomUUID } from "node:crypto";
import type pg from "pg";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import { makeBenchKey, startServer, startWorker, withBenchDatabase } from "./bench-server";
import { type PlainInserter, plainInserter } from "./plain-insert";
import { rawClient } from "./raw-client";
import type { BenchSection } from "./section";

const BATCHES = [1, 100, 1_000];
const CONNECTIONS = [1, 4, 8];
const SINGLES = 64;
export const SECONDS = Number(process.env.ASSAY_BENCH_SECONDS ?? 3);
/** Each cell is measured so often, its three ways in turn; the middle counts. */
export const ROUNDS = 3;

interface Bench {
  token: string;
  assay: number;
  bare: number;
  pool: pg.Pool;
  /** Made when the first outputs are there. */
  inserter: () => Promise<PlainInserter>;
  /** Plain rows per second, by batch size. */
  fastest: Map<number, number>;
}

export async function benchIngest(): Promise<BenchSection> {
  return withBenchDatabase(16, async (database) => {
    const { db, pool } = database;
    const sampled = await makeSampledProject(db, { recorded: false, plan: { expectedPerDay: 100_000 } });
    const token = await makeBenchKey(db, sampled);
    const assay = await startServer("assay", database);
    const bare = await startServer("bare", database);
    startWorker(database);
    let known: Promise<PlainInserter> | undefined;
    const inserter = () => (known ??= plainInserter(pool, sampled.project.id));
    return section(await measureAll({ token, assay, bare, pool, inserter, fastest: new Map() }));
  });
}

interface Measured {
  batch: number;
  connections: number;
  assay: number;
  plain: number | null;
  bare: number;
}

async function measureAll(bench: Bench): Promise<Measured[]> {
  const send = (port: number, batch: number, connections: number) =>
    sendFor(port, bench.token, { batch, connections });
  await send(bench.assay, 1, 8);
  const measured: Measured[] = [];
  const cells = BATCHES.flatMap((batch) => CONNECTIONS.map((connections) => ({ batch, connections })));
  for (const { batch, connections } of [...cells, { batch: 1, connections: SINGLES }]) {
    const isSingle = connections === SINGLES;
    const runs: { assay: number; plain: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.push({
        assay: await send(bench.assay, batch, connections),
        plain: isSingle ? 0 : await insertFor(bench, batch, connections),
        bare: await send(bench.bare, batch, connections),
      });
    }
    const middle = (way: "assay" | "plain" | "bare") =>
      runs.map((run) => run[way]).sort((a, b) => a - b)[1] ?? 0;
    const row = {
      batch,
      connections,
      assay: middle("assay"),
      plain: isSingle ? null : middle("plain"),
      bare: middle("bare"),
    };
    process.stdout.write(`  ${JSON.stringify(row)}\n`);
    measured.push(row);
  }
  return measured;
}

function section(rows: Measured[]): BenchSection {
  const share = (of: number, limit: number | null) => (limit ? `${((100 * of) / limit).toFixed(0)} %` : "–");
  const perSecond = (value: number | null) => (value === null ? "–" : value.toFixed(0));
  return {
    title: "Ingest: outputs through the door",
    note:
      `Records of about 900 bytes, ${ROUNDS} rounds of ${SECONDS} s per cell, the middle one counts; client, server and database share the machine. ` +
      "Assay: guard, sampling, ledger, population counts, one durable transaction, the worker beside it. Plain SQL: the same rows into the same " +
      "table by the fastest prepared statement found (rows made beforehand, durable commits, nothing else written). Bare: a Node server " +
      "that only parses the body. Aims: 50 % of plain SQL at batches of 1,000; 50 % of bare for single outputs over 64 connections.",
    columns: [
      "batch",
      "connections",
      "Assay rows/s",
      "plain SQL rows/s",
      "bare HTTP rows/s",
      "of plain SQL",
      "of bare HTTP",
    ],
    rows: rows.map(({ batch, connections, assay, plain, bare }) => [
      String(batch),
      String(connections),
      perSecond(assay),
      perSecond(plain),
      perSecond(bare),
      share(assay, plain),
      share(assay, bare),
    ]),
  };
}

let made = 0;
const RUN = randomUUID().slice(0, 8);

/** A record like those of a classifier of documents. */
function recordText(): string {
  made += 1;
  const { summary, ...rest } = CASE;
  return JSON.stringify({
    id: `${RUN}-${made}`,
    occurred_at: new Date().toISOString(),
    input: { ...rest, file: `21V064-${made}.pdf`, summary },
    output: { label: made % 7 === 0 ? "miscellaneous" : "owner_letter" },
    confidence: 0.5 + (made % 500) / 1_000,
    segments: { makerGroup: "GM", make: made % 2 === 0 ? "CHEVROLET" : "BUICK", recallKind: "vehicle" },
    model: { name: "doc-classifier", version: "2026-11" },
  });
}

const CASE = {
  campaign: "21V064",
  make: "CHEVROLET",
  model: "TAHOE",
  modelYear: "2021",
  otherModels: 1,
  summary:
    "N212327720 recall; fuel tank may be missing certain adhesive between two layers, which over time may result in a slow leak; " +
    "supplemental information to assist dealers in addressing customer questions. Owners will be notified by first class mail. ".repeat(
      2,
    ),
};

/** Rows a second of a project that is sent records for some seconds. */
export async function sendFor(
  port: number,
  token: string,
  {
    batch,
    connections,
    makeText = recordText,
  }: { batch: number; connections: number; makeText?: () => string },
): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => rawClient(port)));
  let rows = 0;
  const started = performance.now();
  const ends = started + SECONDS * 1_000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < ends) {
        const body = batch === 1 ? makeText() : `[${Array.from({ length: batch }, makeText).join(",")}]`;
        const status = await client.post("/api/v1/outputs", token, body);
        if (status !== 202) throw new Error(`The server answered ${status}.`);
        rows += batch;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  for (const client of clients) client.close();
  return rows / seconds;
}

/** The statements are made before the clock starts: half as many again as the fastest round so far could send. */
async function insertFor(bench: Bench, batch: number, connections: number): Promise<number> {
  const expected = (bench.fastest.get(batch) ?? (batch === 1 ? 4_000 : 30_000)) * SECONDS * 1.5;
  const inserter = await bench.inserter();
  const count = Math.max(connections * 2, Math.ceil(expected / batch));
  const statements = Array.from({ length: count }, () => inserter.make(batch, recordText));
  let rows = 0;
  const started = performance.now();
  const ends = started + SECONDS * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < ends) {
        const statement = statements.pop();
        if (!statement) return;
        await bench.pool.query(statement);
        rows += batch;
      }
    }),
  );
  const rate = rows / ((performance.now() - started) / 1_000);
  bench.fastest.set(batch, Math.max(rate, bench.fastest.get(batch) ?? 0));
  return rate;
}
