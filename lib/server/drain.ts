import { setTimeout as pause } from "node:timers/promises";

export interface DrainStep {
  name: string;
  run: () => Promise<void> | void;
}

export interface DrainOptions {
  /** Before any step: long enough for a load balancer to see that this process is no longer ready. */
  noticeSeconds: number;
  /** In order; a step that fails is reported and the next one runs. */
  steps: DrainStep[];
  limitSeconds?: number;
  exit: (code: number) => void;
  log: (message: string) => void;
}

export interface Drain {
  isDraining: () => boolean;
  /** The first call begins the orderly end, the second ends the process at once: what was acknowledged is stored. */
  begin: (reason: "asked" | "failed", noticeSeconds?: number) => Promise<void>;
}

export function createDrain(options: DrainOptions): Drain {
  let draining = false;
  return {
    isDraining: () => draining,
    async begin(reason, noticeSeconds = options.noticeSeconds) {
      if (draining) return options.exit(1);
      draining = true;
      const limit = setTimeout(
        () => {
          options.log("Not everything ended in time.");
          options.exit(1);
        },
        (options.limitSeconds ?? 30) * 1000,
      );
      await pause(noticeSeconds * 1000);
      let failed = reason === "failed";
      for (const step of options.steps) failed = !(await runStep(step, options.log)) || failed;
      clearTimeout(limit);
      options.exit(failed ? 1 : 0);
    },
  };
}

async function runStep(step: DrainStep, log: (message: string) => void): Promise<boolean> {
  try {
    await step.run();
    return true;
  } catch (error) {
    log(`${step.name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
