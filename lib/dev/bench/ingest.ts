import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { makeApiKey } from "@/lib/project/make-api-key";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import { type PlainInserter, plainInserter } from "./plain-insert";
import { rawClient } from "./raw-client";
import type { BenchSection } from "./section";

const BATCHES = [1, 100, 1_000];
const CONNECTIONS = [1, 4, 8];
const SINGLES = 64;
const SECONDS = Number(process.env.ASSAY_BENCH_SECONDS ?? 3);
/** Each cell is measured so often, its three ways in turn; the middle counts. */
const ROUNDS = 3;

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
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-ingest-"));
  process.env.ASSAY_MASTER_KEY ??= randomBytes(32).toString("hex");
  const server = await startEmbeddedPostgres({ dataDir });
  const children: ChildProcess[] = [];
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "bench", 16);
    const db = createClient(pool);
    const { project, sourceId } = await makeSampledProject(db, {
      recorded: false,
      plan: { expectedPerDay: 100_000 },
    });
    const { token, keyId, secretHash, lastFour } = makeApiKey();
    const key = { id: randomUUID(), keyId, secretHash: new Uint8Array(secretHash), lastFour, name: "bench" };
    await db.apiKey.create({ data: { ...key, projectId: project.id, scopes: ["outputs:write"], sourceId } });
    const assay = await startServer("assay", server.url, children);
    const bare = await startServer("bare", server.url, children);
    children.push(startWorker(server.url));
    let known: Promise<PlainInserter> | undefined;
    const inserter = () => (known ??= plainInserter(pool, project.id));
    const bench: Bench = { token, assay, bare, pool, inserter, fastest: new Map() };
    const rows = await measureAll(bench);
    await db.$disconnect();
    await pool.end();
    return section(rows);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
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
    sendFor(port, bench.token, batch, connections);
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

function startServer(mode: "assay" | "bare", databaseUrl: string, children: ChildProcess[]): Promise<number> {
  const child = startProcess(["./ingest-server.ts", mode], databaseUrl);
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once("message", ({ port }: { port: number }) => resolve(port));
    child.once("exit", () => reject(new Error(`The ${mode} server ended.`)));
  });
}

function startWorker(databaseUrl: string): ChildProcess {
  return startProcess(["../../worker/main.ts"], databaseUrl);
}

function startProcess([file = "", ...args]: string[], databaseUrl: string): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const env: Record<string, string | undefined> = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "error",
  };
  return spawn(process.execPath, ["--import", "tsx", path, ...args], {
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
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

async function sendFor(port: number, token: string, batch: number, connections: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => rawClient(port)));
  let rows = 0;
  const started = performance.now();
  const ends = started + SECONDS * 1_000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < ends) {
        const body = batch === 1 ? recordText() : `[${Array.from({ length: batch }, recordText).join(",")}]`;
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
