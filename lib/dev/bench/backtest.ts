import { availableParallelism } from "node:os";
import { join } from "node:path";
import { makeHistory } from "@/lib/backtest/history";
import { backtestRecords } from "@/lib/dev/backtest/backtest-records";
import { DEFAULT_BACKTEST } from "@/lib/dev/backtest/options";
import { recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { labelledOutputs } from "@/lib/dev/replay/recorded-labels";
import { readRecordedStream } from "@/lib/dev/replay/recorded-stream";
import { samplingHashes } from "@/lib/stats/sampling-hash-many";
import type { BenchSection } from "./section";

const DRAWS = 200;
const SET = "bank-marketing";
const MOST_SECONDS = 60;

/** How long a backtest takes beside its hashes alone, which no draw can do without. */
export async function benchBacktest(): Promise<BenchSection> {
  const records = await readRecordedStream(join(recordedFolder(), SET, "records.jsonl.gz"));
  const threads = availableParallelism();
  const { externalIds } = makeHistory(labelledOutputs(records, new Map()));
  const hashing = hashSeconds(externalIds) / threads;
  const options = { ...DEFAULT_BACKTEST, draws: DRAWS };
  const before = process.cpuUsage();
  const { result } = await backtestRecords(records, options, {
    signal: new AbortController().signal,
    progress: (done) => done % 50 === 0 && process.stdout.write(`${done} draws\n`),
  });
  const { user, system } = process.cpuUsage(before);
  return {
    title: "Backtest: many draws over a labelled history",
    note:
      `${DRAWS} draws over the ${records.length} outputs of \`${SET}\` at 100 reviews a week, each once as it was and once with its time shuffled, ` +
      `on ${threads} threads. Limit: the sampling hashes of all outputs in all draws, divided by the threads. Aim: under ${MOST_SECONDS} s.`,
    columns: ["seconds", "of the aim", "× hashing alone", "hashing alone, s", "processor, s"],
    rows: [
      [
        result.seconds.toFixed(1),
        `${Math.round((100 * result.seconds) / MOST_SECONDS)} %`,
        (result.seconds / hashing).toFixed(1),
        hashing.toFixed(1),
        ((user + system) / 1e6).toFixed(1),
      ],
    ],
  };
}

function hashSeconds(units: Parameters<typeof samplingHashes>[1]): number {
  const into = new Float64Array(units.ends.length);
  const started = performance.now();
  for (let draw = 1; draw <= DRAWS; draw += 1)
    samplingHashes({ secret: "bench", salt: "sample-v1", projectId: `draw ${draw}` }, units, into);
  return (performance.now() - started) / 1_000;
}
