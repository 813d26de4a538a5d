import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { prepareHistory, runDraw } from "./run-draw";
import type { ThreadData } from "./run-draws";

/* One thread of run-draws.ts: is told the number of a draw, answers with its outcome. */

const { history, settings, background } = workerData as ThreadData;

// On Linux the number 0 is this thread alone; elsewhere it would be the whole server.
if (background && process.platform === "linux") setPriority(0, 10);

const prepared = prepareHistory(history, settings.attributes);
parentPort?.on("message", (draw: number) => {
  parentPort?.postMessage(runDraw(prepared, settings, draw), []);
});
