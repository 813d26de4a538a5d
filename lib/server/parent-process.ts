const LOOK_MILLISECONDS = 250;

/**
 * `npm start` runs us below a shell that keeps signals for itself: without this, ending npm would leave the server behind.
 * Calls back once when the process that started us has ended.
 */
export function whenParentEnds(startedByNpm: boolean, ended: () => void): void {
  if (!startedByNpm || process.platform === "win32") return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, LOOK_MILLISECONDS);
  timer.unref();
}
