import { existsSync } from "node:fs";

/** Takes over the settings of `.env`; what the environment says already stays. */
export function readEnvFile(path = ".env"): void {
  if (existsSync(path)) process.loadEnvFile(path);
}
