import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { History } from "./history";
import { prepareHistory, type ReplaySettings, runDraw } from "./run-draw";

/* One thread of run-draws.ts: is told the number of a draw, answers with its outcome. */

const { history, settings } = workerData as { history: History; settings: ReplaySettings };

// On Linux the number 0 is this thread alone: people at the screens go first.
if (process.platform === "linux") setPriority(0, 10);

const prepared = prepareHistory(history, settings.attributes);
parentPort?.on("message", (draw: number) => {
  parentPort?.postMessage(runDraw(prepared, settings, draw), []);
});
