import type { Env } from "@/lib/core/env";
import { checkedEnvironment } from "./boot";
import { readEnvFile } from "./env-file";

/** The settings of the environment and of `.env`. Ends the process with a line for each that is wrong. */
export function readEnvironment(): Env {
  try {
    readEnvFile();
    return checkedEnvironment(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
