import { createServer } from "node:http";
import next from "next";
import { log } from "@/lib/core/log";
import { closePools } from "@/lib/db/pool";
import { machineDoors } from "@/lib/ingest/doors";
import { completeAuthEnvironment, openDatabase } from "@/lib/server/boot";
import { bootTasks } from "@/lib/server/boot-tasks";
import { createDrain, type DrainStep } from "@/lib/server/drain";
import { livenessCheck, type Readiness, readinessCheck } from "@/lib/server/health";
import { createFrontServer, type FrontOptions } from "@/lib/server/http-server";
import { closeServer, listenOnFreePort } from "@/lib/server/listen";
import { whenParentEnds } from "@/lib/server/parent-process";
import { readEnvironment } from "@/lib/server/read-environment";
import { parseTrustedProxies } from "@/lib/server/request-hygiene";
import { startWorker } from "@/lib/worker/start-worker";
import { startWatch } from "@/lib/worker/watch-loop";

const print = (line: string) => void process.stdout.write(`${line}\n`);

const env = readEnvironment();
const development = env.NODE_ENV !== "production";
const steps: DrainStep[] = [];
const drain = createDrain({ noticeSeconds: 5, steps, exit: (code) => process.exit(code), log: print });
let pages: ReturnType<FrontOptions["pages"]> = null;
let ready: () => Promise<Readiness> = async () => "unready";

process.on("SIGTERM", () => void drain.begin("asked"));
process.on("SIGINT", () => void drain.begin("asked", 0));
whenParentEnds(process.env.npm_lifecycle_event !== undefined, () => {
  if (!drain.isDraining()) void drain.begin("asked", 0);
});
process.on("unhandledRejection", (error) =>
  log().error({ err: error }, "a promise failed and nobody noticed"),
);

try {
  await start();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  await drain.begin("failed", 0);
}

async function start(): Promise<void> {
  const server = createFrontServer({
    doors: machineDoors,
    pages: () => pages,
    alive: livenessCheck(),
    ready: () => ready(),
    isDraining: drain.isDraining,
    trustedProxies: parseTrustedProxies(env.ASSAY_TRUSTED_PROXIES),
    https: (env.ASSAY_URL ?? env.NEXTAUTH_URL ?? "").startsWith("https:"),
    development,
    logError: (error, requestId) => log().error({ requestId, err: error }, "request failed"),
  });
  const port = await listenOnFreePort(server, env.PORT, env.HOST);
  if (env.PORT !== 0 && port !== env.PORT) print(`Port ${env.PORT} is taken; using ${port}.`);
  steps.push({ name: "requests", run: () => closeServer(server, 20) });

  const database = await openDatabase(env, print);
  steps.push({ name: "connections", run: closePools }, { name: "database", run: database.close });
  completeAuthEnvironment(env, port);
  for (const task of bootTasks) await task.run(print);
  if (env.ASSAY_WORKER === "on") {
    const worker = await startWorker(database.url);
    steps.splice(1, 0, { name: "worker", run: worker.stop });
  }

  steps.splice(1, 0, { name: "watch", run: startWatch(database.url).stop });

  // Next listens for upgrades on the server that it is given: in production that is one which nobody reaches.
  const httpServer = development ? server : createServer();
  const app = next({ dev: development, hostname: env.HOST, port, httpServer });
  await app.prepare();
  steps.splice(1, 0, { name: "pages", run: () => app.close() });
  ready = readinessCheck({ probe: database.probe, isDraining: drain.isDraining });
  pages = app.getRequestHandler();
  print(`Assay is ready: ${process.env.NEXTAUTH_URL}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
