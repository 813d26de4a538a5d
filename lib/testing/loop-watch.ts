const EVERY_MS = 5;

/** The longest time in which nothing else of this process got its turn. */
export interface LongestTurn {
  /** By the clock: on a busy machine, mostly time in which others ran. */
  clockMs: number;
  /** By the processor, all threads of this process together: no more than this was the process's own doing. */
  ownMs: number;
}

/**
 * Watches the event loop until `end`, which says its longest turn. A turn that took long by the clock and short by the processor was
 * waiting for a processor, so a machine that others use as well cannot fail a test.
 */
export function watchLoop(): { end: () => LongestTurn } {
  const longest: LongestTurn = { clockMs: 0, ownMs: 0 };
  let clock = performance.now();
  let used = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(used);
    const clockMs = Math.max(0, performance.now() - clock - EVERY_MS);
    longest.clockMs = Math.max(longest.clockMs, clockMs);
    longest.ownMs = Math.max(longest.ownMs, Math.min(clockMs, (user + system) / 1000));
    clock = performance.now();
    used = process.cpuUsage();
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    end() {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}
