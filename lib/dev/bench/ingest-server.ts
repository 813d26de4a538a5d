/**
 * One of the two servers of the ingest benchmark, as a process of its own: the product without its pages, or a bare Node server
 * that parses the body and answers. Started with an IPC channel; ends with it.
 */
import { createServer, type Server } from "node:http";
import { machineDoors } from "@/lib/ingest/doors";
import { createFrontServer } from "@/lib/server/http-server";
import { listenOnFreePort } from "@/lib/server/listen";
import { parseTrustedProxies } from "@/lib/server/request-hygiene";

process.once("disconnect", () => process.exit(0));

// Whoever asks is told the processor time so far.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ processorMs: (user + system) / 1_000 });
});

const server = process.argv[2] === "assay" ? assayServer() : bareServer();
process.send?.({ port: await listenOnFreePort(server, 0, "127.0.0.1") });

function assayServer(): Server {
  return createFrontServer({
    doors: machineDoors,
    pages: () => async (_request, response) => void response.writeHead(404).end(),
    alive: () => true,
    ready: async () => "ready",
    isDraining: () => false,
    trustedProxies: parseTrustedProxies(undefined),
    https: false,
    development: false,
    logError: (error) => process.stderr.write(`${String(error)}\n`),
  });
}

function bareServer(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      const text = JSON.stringify({ received: Array.isArray(body) ? body.length : 1 });
      response.writeHead(202, { "Content-Type": "application/json", "Content-Length": text.length });
      response.end(text);
    });
  });
}
