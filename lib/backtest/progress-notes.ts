import type { Ctx } from "@/lib/core/ctx";

const NOTE_EVERY_MS = 1_000;

/** Somebody has cancelled or deleted the backtest, or another worker has ended it. */
export const NOT_WANTED = new Error("The backtest is no longer wanted.");

export interface ProgressNotes {
  /** Aborted with NOT_WANTED, or with what the database said when a note could not be written. */
  signal: AbortSignal;
  progress: (done: number) => void;
  close: () => void;
}

/** Writes down once a second how many draws are done, and notices by it that nobody waits for them any more. */
export function openNotes({ db, project }: Pick<Ctx, "db" | "project">, id: string): ProgressNotes {
  const stop = new AbortController();
  let done = 0;
  let writing = false;
  const note = async () => {
    if (writing) return;
    writing = true;
    try {
      const { count } = await db.backtest.updateMany({
        where: { projectId: project.id, id, state: "RUNNING" },
        data: { drawsDone: done },
      });
      if (count === 0) stop.abort(NOT_WANTED);
    } catch (error) {
      stop.abort(error);
    }
    writing = false;
  };
  const timer = setInterval(() => void note(), NOTE_EVERY_MS);
  return {
    signal: stop.signal,
    progress: (count) => {
      done = count;
    },
    close: () => clearInterval(timer),
  };
}
