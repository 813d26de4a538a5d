import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import type { Ctx } from "@/lib/core/ctx";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { exportOutputs } from "@/lib/output/export-outputs";
import { outputExportSchema } from "@/lib/output/export-schema";
import { outputFilterOptions } from "@/lib/output/filter-options";
import { listOutputs } from "@/lib/output/list-outputs";
import { outputQuerySchema } from "@/lib/output/schema";
import { contextFor } from "@/lib/testing/make-project";
import { makeOutputs } from "./make-outputs";
import type { BenchSection } from "./section";

const ROUNDS = 20;

/** Everything that the filter can ask: common, rare, absent, and what has to read documents. */
export const ASKED: Readonly<Record<string, Record<string, unknown>>> = {
  "no filter": {},
  "oldest first": { sort: "oldest" },
  "by id": { sort: "id" },
  "an id": { id: "order-777" },
  "common segment, not another": { segment: "device=d1", not: "segment.kind=k2" },
  "rare segment": { segment: "area=rare" },
  "a week of three months ago": { from: "2026-03-02", to: "2026-03-08", segment: "kind=k1" },
  "old version": { version: "2026-1" },
  "rare flag": { flag: "RARE_FLAG" },
  "common flag, incorrect": { flag: "COMMON_FLAG", verdict: "incorrect" },
  "nobody could judge it": { state: "unsure" },
  waiting: { state: "waiting" },
  "rare reviewer, incorrect": { reviewer: "Rare Rita", verdict: "incorrect" },
  "busy reviewer": { reviewer: "Ada", verdict: "incorrect" },
  "text that is nowhere": { text: "no such words" },
  "text that is old": { text: "message 4711 " },
};

interface Size {
  outputs: number;
  ctx: Ctx;
  /** Milliseconds by what was asked. */
  lists: Map<string, number[]>;
  options: number[];
}

/** Server time of the outputs page by filter at two sizes, and the export beside a plain select. */
export async function benchOutputsPage(): Promise<BenchSection[]> {
  const sizes = (process.env.ASSAY_BENCH_OUTPUTS || "10000,1000000").split(",").map(Number);
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-outputs-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "job", 8);
    const db = createClient(pool);
    const measured: Size[] = [];
    for (const outputs of sizes) {
      const started = performance.now();
      const project = await makeOutputs({ db, pool }, outputs);
      const ctx = contextFor(db, project, { kind: "system", job: "bench" }, new Date("2026-07-20T12:00:00Z"));
      measured.push({ outputs, ctx, lists: new Map(), options: [] });
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(`${outputs.toLocaleString("en-GB")} outputs made in ${seconds} s\n`);
    }
    for (let round = -2; round < ROUNDS; round += 1) {
      // Sizes take turns, so that what else the machine does falls on all alike.
      for (const size of measured) await measure(size, round >= 0);
    }
    const sections = [listSection(measured), await exportSection(pool, measured.at(-1))];
    await db.$disconnect();
    await pool.end();
    return sections;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure({ ctx, lists, options }: Size, counts: boolean): Promise<void> {
  for (const [name, query] of Object.entries(ASKED)) {
    const spent = await milliseconds(() => listOutputs(ctx, outputQuerySchema.parse(query), true));
    if (counts) lists.set(name, [...(lists.get(name) ?? []), spent]);
  }
  const spent = await milliseconds(() => outputFilterOptions(ctx));
  if (counts) options.push(spent);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

function listSection(sizes: readonly Size[]): BenchSection {
  const parts: { name: string; of: (size: Size) => readonly number[] }[] = [
    ...Object.keys(ASKED).map((name) => ({ name, of: (size: Size) => size.lists.get(name) ?? [] })),
    { name: "what the filter suggests", of: (size) => size.options },
  ];
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) throw new Error("No size was measured.");
  const slowest = Math.max(...parts.map(({ of }) => quantile(of(last), 0.95)));
  const usual = parts[0]?.of ?? (() => []);
  const growth = quantile(usual(last), 0.5) / quantile(usual(first), 0.5);
  const size = ({ outputs }: Size) => outputs.toLocaleString("en-GB");
  return {
    title: "Outputs page: queries",
    note:
      `A page of 50 outputs with its count, by filter, of ${size(first)} and ${size(last)} outputs in half a year, a tenth of them reviewed; ${ROUNDS} rounds in which the sizes take turns. ` +
      `Slowest p95 at ${size(last)}: ${slowest.toFixed(0)} ms (aim: at most 150). Growth of the page without a filter: × ${growth.toFixed(2)} (aim: at most 1.3). ` +
      "A filter whose finds no index knows as few looks through at most 25,000 outputs, 5,000 where each costs more (texts, fields, reviewers, flags), so its cost grows up to that and no further.",
    columns: ["filter", ...sizes.flatMap((each) => [`median at ${size(each)}`, "p95"]), "growth"],
    rows: parts.map(({ name, of }) => [
      name,
      ...sizes.flatMap((each) => [0.5, 0.95].map((share) => `${quantile(of(each), share).toFixed(1)} ms`)),
      `× ${(quantile(of(last), 0.5) / quantile(of(first), 0.5)).toFixed(2)}`,
    ]),
  };
}

interface Exported {
  name: string;
  rows: number;
  seconds: number;
  letters: number;
  megabytes: number;
}

const MOST_EXPORTED = 200_000;

async function exportSection(pool: pg.Pool, size: Size | undefined): Promise<BenchSection> {
  if (!size) throw new Error("No size was measured.");
  const { ctx } = size;
  const measured: Exported[] = [await plainSelect(pool, ctx)];
  for (const format of ["csv", "jsonl"] as const) {
    for (const [name, query] of Object.entries({ all: {}, "a fifth of them": { segment: "kind=k1" } })) {
      const asked = outputExportSchema.parse({ format, ...query });
      measured.push(await whole(`${format}, ${name}`, await exportOutputs(ctx, asked, true)));
    }
  }
  const plain = measured[0];
  return {
    title: "Outputs: export",
    note:
      `Rows a second of the first ${MOST_EXPORTED.toLocaleString("en-GB")} lines of an export from ${size.outputs.toLocaleString("en-GB")} outputs, as text, beside the same columns by plain keyset selects of 2,000 over the bare driver. ` +
      "Memory is the highest growth of the heap while it ran; nothing is kept but a batch.",
    columns: ["export", "lines", "lines a second", "of the plain select", "megabytes a second", "memory"],
    rows: measured.map((each) => [
      each.name,
      each.rows.toLocaleString("en-GB"),
      Math.round(each.rows / each.seconds).toLocaleString("en-GB"),
      `× ${(each.rows / each.seconds / ((plain?.rows ?? 0) / (plain?.seconds ?? 1))).toFixed(2)}`,
      (each.letters / each.seconds / 1e6).toFixed(1),
      `${each.megabytes.toFixed(0)} MB`,
    ]),
  };
}

/** The heap as it is at most, over what it was. */
function watchHeap(): { look: () => void; megabytes: () => number } {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  return {
    look: () => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    },
    megabytes: () => (most - before) / 1e6,
  };
}

async function whole(name: string, texts: AsyncGenerator<string>): Promise<Exported> {
  const heap = watchHeap();
  const started = performance.now();
  let [rows, letters] = [0, 0];
  for await (const text of texts) {
    rows += text.split("\n").length - 1;
    letters += text.length;
    heap.look();
    if (rows >= MOST_EXPORTED) break;
  }
  return { name, rows, letters, seconds: (performance.now() - started) / 1000, megabytes: heap.megabytes() };
}

async function plainSelect(pool: pg.Pool, ctx: Ctx): Promise<Exported> {
  const heap = watchHeap();
  const started = performance.now();
  let [rows, letters] = [0, 0];
  let after: [string, string] = ["2100-01-01", ctx.project.id];
  while (rows < MOST_EXPORTED) {
    const found = await pool.query<{ id: string; place: string; line: string }>(
      `SELECT o.id, o.occurred_at::text AS place, o::text AS line FROM output o
       WHERE o.project_id = $1 AND (o.occurred_at, o.id) < ($2::timestamptz, $3::uuid)
       ORDER BY o.occurred_at DESC, o.id DESC LIMIT 2000`,
      [ctx.project.id, ...after],
    );
    const last = found.rows.at(-1);
    if (!last) break;
    rows += found.rows.length;
    letters += found.rows.reduce((sum, row) => sum + row.line.length, 0);
    heap.look();
    after = [last.place, last.id];
  }
  const seconds = (performance.now() - started) / 1000;
  return { name: "plain select", rows, letters, seconds, megabytes: heap.megabytes() };
}
