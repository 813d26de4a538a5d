import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { History } from "./history";
import type { DrawOutcome, ReplaySettings } from "./run-draw";

export interface DrawsRun {
  draws: number;
  signal: AbortSignal;
  /** Called after each draw with the number of those that are done. */
  progress: (done: number) => void;
  threads?: number;
  /** Other work of this process goes first, where the system can tell threads apart. */
  background?: boolean;
}

/** What a thread is given when it starts. */
export interface ThreadData {
  history: History;
  settings: ReplaySettings;
  background: boolean;
}

/**
 * All draws of a history, on as many threads as there are processors, in the order of their numbers. The history's buffers are shared,
 * not copied. @throws the signal's reason when it is aborted, or what failed in a thread
 */
export async function runDraws(
  history: History,
  settings: ReplaySettings,
  { draws, signal, progress, threads = availableParallelism(), background = false }: DrawsRun,
): Promise<DrawOutcome[]> {
  const outcomes: DrawOutcome[] = [];
  let next = 1;
  const take = () => (next <= draws ? next++ : null);
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all(
      Array.from({ length: Math.min(threads, draws) }, () =>
        runThread({ history, settings, background }, take, stopped, (outcome) => {
          outcomes.push(outcome);
          progress(outcomes.length);
        }),
      ),
    );
  } catch (error) {
    stop.abort(error);
    throw error;
  }
  return outcomes.sort((a, b) => a.draw - b.draw);
}

/** One thread works until no draw is left. Ends when the thread has ended. */
async function runThread(
  workerData: ThreadData,
  take: () => number | null,
  signal: AbortSignal,
  done: (outcome: DrawOutcome) => void,
): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./thread-entry.mjs", import.meta.url), { workerData, execArgv: [] });
  try {
    await new Promise<void>((resolve, reject) => {
      const order = () => {
        const draw = take();
        if (draw === null) resolve();
        else worker.postMessage(draw, []);
      };
      worker.on("message", (outcome: DrawOutcome) => {
        done(outcome);
        order();
      });
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`A thread of the backtest ended with code ${code}.`)));
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      order();
    });
  } finally {
    await worker.terminate();
  }
}
