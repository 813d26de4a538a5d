import { writeFileSync } from "node:fs";
import { progressLine } from "@/lib/dev/replay/progress";
import { readRecordedStream } from "@/lib/dev/replay/recorded-stream";
import { backtestRecords } from "./backtest-records";
import { backtestOptions } from "./options";
import { resultText } from "./result-text";

/** `npm run backtest`: what so many reviews a week would have noticed in recorded, labelled outputs. Needs no running product. */
async function main(): Promise<void> {
  const options = backtestOptions(process.argv.slice(2));
  const records = await readRecordedStream(options.file);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Error("Stopped.")));
  const report = progressLine(options.draws, performance.now(), "draws");
  const step = process.stderr.isTTY ? 1 : Math.ceil(options.draws / 10);
  const { settings, result } = await backtestRecords(records, options, {
    signal: stop.signal,
    progress: (done) => done % step === 0 && report(done, `${records.length} outputs`),
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  process.stdout.write(`${resultText(result, settings.accepted_per_year)}\n`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ settings, result }, null, 1)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
