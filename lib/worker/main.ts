import { log } from "@/lib/core/log";
import { openDatabase } from "@/lib/server/boot";
import { readEnvironment } from "@/lib/server/read-environment";
import { startWorker, type Worker } from "./start-worker";
import { startWatch } from "./watch-loop";

/** `npm run worker`: jobs in a process of their own, beside servers with ASSAY_WORKER=off. */
const print = (line: string) => void process.stdout.write(`${line}\n`);
let worker: Worker | null = null;
let stopWatch = async () => {};
let closeDatabase = async () => {};
let ending = false;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(0));
process.on("unhandledRejection", (error) =>
  log().error({ err: error }, "a promise failed and nobody noticed"),
);

try {
  const database = await openDatabase(readEnvironment(), print);
  closeDatabase = database.close;
  worker = await startWorker(database.url);
  stopWatch = startWatch(database.url).stop;
  print(`The worker runs (${worker.id}).`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}

/** A second signal ends the process at once: what it held is freed by the other workers. */
async function end(code: number): Promise<void> {
  if (ending) process.exit(1);
  ending = true;
  await worker?.stop();
  await stopWatch();
  await closeDatabase();
  process.exit(code);
}
