/**
 * The product without its pages, as a process that can be killed: the same database launcher, migrations, front server and machine
 * doors as server.ts. Started by the durability test only, which gives it an IPC channel.
 */
import pg from "pg";
import { closePools } from "@/lib/db/pool";
import { machineDoors } from "@/lib/ingest/doors";
import { checkedEnvironment, openDatabase } from "@/lib/server/boot";
import { createFrontServer } from "@/lib/server/http-server";
import { closeServer, listenOnFreePort } from "@/lib/server/listen";
import { parseTrustedProxies } from "@/lib/server/request-hygiene";

/** Tells the test what happens here. */
export type AppMessage = { ready: { port: number; databaseUrl: string } } | { rewritten: number };

const print = (line: string) => void process.stderr.write(`${line}\n`);
const tell = (message: AppMessage) => process.send?.(message);

if (process.argv.includes("--forgetful")) forgetCommits();

const database = await openDatabase(checkedEnvironment(process.env), print);
const server = createFrontServer({
  doors: machineDoors,
  pages: () => async (_request, response) => void response.writeHead(404).end(),
  alive: () => true,
  ready: async () => "ready",
  isDraining: () => false,
  trustedProxies: parseTrustedProxies(undefined),
  https: false,
  development: false,
  logError: (error, requestId) =>
    print(`UNEXPECTED ${requestId} ${error instanceof Error ? error.stack : String(error)}`),
});
const port = await listenOnFreePort(server, 0, "127.0.0.1");
// The test asks for the end, or is itself gone: nothing of this may outlive it.
process.once("disconnect", () => void end());
tell({ ready: { port, databaseUrl: database.url } });

async function end(): Promise<void> {
  await closeServer(server, 5);
  await closePools();
  await database.close();
  process.exit(0);
}

/** The control: commits are acknowledged before they are on disk, as if nobody had asked for it in the ingest transaction. */
function forgetCommits(): void {
  const durable = /SET LOCAL synchronous_commit\s*=\s*'?on'?/gi;
  const prototype: { query: (...args: unknown[]) => unknown } = Object.getPrototypeOf(new pg.Client());
  const query = prototype.query;
  let rewritten = 0;
  const rewrite = (text: string) =>
    text.replace(durable, () => {
      rewritten += 1;
      if (rewritten === 1) tell({ rewritten });
      return "SET LOCAL synchronous_commit = off";
    });
  prototype.query = function (this: unknown, first: unknown, ...rest: unknown[]) {
    if (typeof first === "string") return query.call(this, rewrite(first), ...rest);
    if (typeof first === "object" && first !== null && "text" in first && typeof first.text === "string")
      first.text = rewrite(first.text);
    return query.call(this, first, ...rest);
  };
}
