import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import { publishContract } from "@/lib/contract/publish-contract";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { freezeInputBaseline } from "@/lib/drift/freeze-input-baseline";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import {
  type BenchDatabase,
  makeBenchKey,
  processorTime,
  startServer,
  startWorker,
  withBenchDatabase,
} from "./bench-server";
import { ROUNDS, SECONDS, sendFor } from "./ingest";
import { recordMaker } from "./made-orders";
import { rawClient } from "./raw-client";
import type { BenchSection } from "./section";

const PILOT = 3_000;
const CELLS = [
  { batch: 1, connections: 8 },
  { batch: 100, connections: 4 },
  { batch: 1_000, connections: 4 },
];
const AIM = 0.7;
const MOST_WAIT_SECONDS = 180;
const COUNT_MS = 500;

interface Side {
  projectId: string;
  token: string;
}

interface Bench extends BenchDatabase {
  port: number;
  server: ChildProcess;
  empty: Side;
  full: Side;
}

/** The throughput that is left with everything at the boundary on, of that of a project without contract and pilot. */
export async function benchBoundaryIngest(): Promise<BenchSection> {
  const [load = 0] = loadavg();
  return withBenchDatabase(8, async (database) => {
    const port = await startServer("assay", database);
    const [server] = database.children;
    if (!server) throw new Error("There is no server.");
    const [empty, full] = [await makeSide(database), await makeSide(database)];
    await switchOn(database, port, full);
    startWorker(database);
    const bench = { ...database, port, server, empty, full };
    const warm = { batch: 100, connections: 4 };
    for (const side of [empty, full]) await measureSide(bench, side, warm);
    const rows: Measured[] = [];
    for (const cell of CELLS) rows.push(await measure(bench, cell));
    return section(rows, await flaggedShare(bench), load);
  });
}

async function makeSide(database: BenchDatabase): Promise<Side> {
  const plan = { expectedPerDay: 100_000 };
  const sampled = await makeSampledProject(database.db, { recorded: false, plan });
  return { projectId: sampled.project.id, token: await makeBenchKey(database.db, sampled) };
}

/** A pilot, a contract inferred from it, and the frozen baseline by which outputs are unusual and counted. */
async function switchOn({ db }: BenchDatabase, port: number, { projectId, token }: Side): Promise<void> {
  const pilot = Array.from({ length: PILOT }, recordMaker(1));
  const client = await rawClient(port);
  for (let from = 0; from < PILOT; from += 500) {
    const body = pilot.slice(from, from + 500).map(({ key, facts }) => envelope(key, facts, "pilot"));
    const status = await client.post("/api/v1/outputs", token, `[${body.join(",")}]`);
    if (status !== 202) throw new Error(`The server answered ${status} to the pilot.`);
  }
  client.close();
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const person = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(person), new Date());
  await publishContract(ctx, {
    definition: inferContract(profileOf(pilot), pilot),
    note: "",
    baseVersion: 0,
  });
  if (!(await freezeInputBaseline(db, projectId))) throw new Error("The pilot was not frozen.");
}

const RUN = randomUUID().slice(0, 8);
const makeOrder = recordMaker(2);
let made = 0;

function orderText(): string {
  made += 1;
  return envelope(`${RUN}-${made}`, makeOrder(undefined, made).facts, "production");
}

function envelope(id: string, facts: object, phase: string): string {
  const model = { name: "order-check", version: "2026-11" };
  return JSON.stringify({
    id,
    occurred_at: new Date().toISOString(),
    phase,
    model,
    confidence: 0.8,
    ...facts,
  });
}

interface Rates {
  /** Rows a second that the door takes. */
  door: number;
  /** The same, until the worker has counted the last one. */
  counted: number;
  /** Processor time of the server for a row, in milliseconds. */
  processorMs: number;
}

interface Measured {
  batch: number;
  connections: number;
  rounds: { empty: Rates; full: Rates }[];
}

/** In turn, and which goes first changes; each begins when the worker has nothing left of the other. */
async function measure(bench: Bench, cell: { batch: number; connections: number }): Promise<Measured> {
  const rounds: Measured["rounds"] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const none = { door: 0, counted: 0, processorMs: 0 };
    const rates = { empty: none, full: none };
    for (const side of round % 2 === 0 ? (["empty", "full"] as const) : (["full", "empty"] as const)) {
      rates[side] = await measureSide(bench, bench[side], cell);
    }
    process.stdout.write(`  ${JSON.stringify({ ...cell, ...rates })}\n`);
    rounds.push(rates);
  }
  return { ...cell, rounds };
}

async function measureSide(
  bench: Bench,
  { projectId, token }: Side,
  cell: { batch: number; connections: number },
): Promise<Rates> {
  // The product counts once a minute; here all the time, so that its cost falls into the round.
  const count = async () => {
    await enqueueJob(bench.db, "count-inputs", { projectId }, { key: `inputs:${projectId}` });
    await enqueueJob(bench.db, "fold-counts", { projectId }, { key: `fold:${projectId}` });
  };
  const timer = setInterval(() => void count(), COUNT_MS);
  const before = await processorTime(bench.server);
  const started = performance.now();
  const door = await sendFor(bench.port, token, { ...cell, makeText: orderText });
  const sentSeconds = (performance.now() - started) / 1_000;
  const processorMs = ((await processorTime(bench.server)) - before) / (door * sentSeconds);
  await settled(bench);
  clearInterval(timer);
  const seconds = (performance.now() - started) / 1_000;
  return { door, counted: (door * sentSeconds) / seconds, processorMs };
}

/** Until every output is counted. */
async function settled({ pool }: BenchDatabase): Promise<void> {
  for (let each = 0; each < MOST_WAIT_SECONDS * 10; each += 1) {
    const { rows } = await pool.query<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM uncounted_output) OR EXISTS (SELECT 1 FROM unread_output)
         OR EXISTS (SELECT 1 FROM population_delta) AS waiting`,
    );
    if (!rows[0]?.waiting) return;
    await wait(100);
  }
  throw new Error(`The worker did not catch up within ${MOST_WAIT_SECONDS} s.`);
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function flaggedShare({ pool, full }: Bench): Promise<number> {
  const { rows } = await pool.query<{ share: number }>(
    "SELECT avg((flags <> '{}')::int)::float8 AS share FROM output WHERE project_id = $1 AND phase = 'PRODUCTION'",
    [full.projectId],
  );
  return rows[0]?.share ?? 0;
}

function section(rows: readonly Measured[], flagged: number, load: number): BenchSection {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return {
    title: "Boundary: what it leaves of the throughput",
    note:
      `Outputs of about 900 bytes with 24 fields through the door, ${ROUNDS} rounds of ${SECONDS} s per cell, the two projects in turn; client, server, ` +
      "worker and database share the machine. Empty: no contract and no pilot, as ingest was before. Everything on: contract inferred from a pilot of " +
      `${PILOT.toLocaleString("en-GB")}, breakers, unusual outputs, drift counters and repetitions; ${(100 * flagged).toFixed(1)} % of outputs were flagged. ` +
      "Ratios are the middle ones of the rounds, of two turns that follow each other. Processor: what the server, whose one thread is the limit, needs " +
      "for an output of the empty project, of what it needs with everything on; it does not depend on what else the machine does. Counted too: " +
      "until the worker has counted the last output. " +
      `Aim for the door: at least ${percent(AIM)}. Load of the machine before: ${load.toFixed(1)}.`,
    columns: [
      "batch",
      "connections",
      "empty, rows/s",
      "everything on, rows/s",
      "of empty",
      "by processor",
      "",
      "counted too, of empty",
    ],
    rows: rows.map(({ batch, connections, rounds }) => {
      const ratio = middle(rounds.map(({ empty, full }) => full.door / empty.door));
      const processor = middle(rounds.map(({ empty, full }) => empty.processorMs / full.processorMs));
      return [
        String(batch),
        String(connections),
        middle(rounds.map(({ empty }) => empty.door)).toFixed(0),
        middle(rounds.map(({ full }) => full.door)).toFixed(0),
        percent(ratio),
        percent(processor),
        ratio >= AIM ? "held" : processor >= AIM ? "missed; held by processor" : "missed",
        percent(middle(rounds.map(({ empty, full }) => full.counted / empty.counted))),
      ];
    }),
  };
}
