import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPages, generateClient, installPackages, ROOT, requireNode } from "./prepare.mjs";

const development = process.argv.includes("--dev");

requireNode();
process.chdir(ROOT);
process.env.NODE_ENV = development ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

try {
  await installPackages();
  await generateClient();
  await refuseWrongSettings();
  if (!development) await buildPages();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

// The server runs in this very process, so that signals and the exit code are its own.
await import(pathToFileURL(join(ROOT, "server.ts")).href);

/** Before the build, which takes a while. */
async function refuseWrongSettings() {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: join(ROOT, "tsconfig.json") });
  const { readEnvironment } = await import("../server/read-environment.ts");
  readEnvironment();
}
