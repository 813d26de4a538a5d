import { statfsSync } from "node:fs";
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";

export type Readiness = "ready" | "draining" | "unready";

export interface HealthOptions {
  /** Resolves when this process can commit to a database at the expected version. */
  probe: () => Promise<void>;
  isDraining: () => boolean;
  now?: () => number;
}

const CACHE_MILLISECONDS = 1000;
const PROBE_MILLISECONDS = 1000;
const LAG_LIMIT_NANOSECONDS = 1e9;

/** Readiness is asked often and by many: one probe a second answers all of them. */
export function readinessCheck(options: HealthOptions): () => Promise<Readiness> {
  const now = options.now ?? (() => performance.now());
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<Readiness> = Promise.resolve("unready");
  return () => {
    if (options.isDraining()) return Promise.resolve("draining");
    if (now() - asked >= CACHE_MILLISECONDS) {
      asked = now();
      answer = withTimeLimit(options.probe()).then(
        () => "ready" as const,
        () => "unready" as const,
      );
    }
    return answer;
  };
}

async function withTimeLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), PROBE_MILLISECONDS);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Liveness asks nothing but whether this process still gets to its work. */
export function livenessCheck(): () => boolean {
  const lag: IntervalHistogram = monitorEventLoopDelay({ resolution: 50 });
  lag.enable();
  setInterval(() => lag.reset(), 10_000).unref();
  return () => !(lag.percentile(50) > LAG_LIMIT_NANOSECONDS);
}

const LEAST_FREE_SHARE = 0.05;
const LEAST_FREE_BYTES = 2 * 1024 ** 3;

/** @throws Error when the disk of the embedded database is nearly full: below 5 % and below 2 GiB */
export function requireDiskSpace(folder: string, statfs: typeof statfsSync = statfsSync): void {
  const { bavail, blocks, bsize } = statfs(folder);
  if (bavail / blocks < LEAST_FREE_SHARE && bavail * bsize < LEAST_FREE_BYTES)
    throw new Error("The disk is nearly full.");
}
