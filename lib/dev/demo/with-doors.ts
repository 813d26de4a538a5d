import { createServer } from "node:http";
import { machineDoors } from "@/lib/ingest/doors";
import { closeServer, listenOnFreePort } from "@/lib/server/listen";
import { doorFinder } from "@/lib/server/machine-door";
import type { SendToDoor } from "./fill-demo-project";

/** Opens the machine doors on a loopback port of its own while `run` works: at boot the front server lets nobody in yet. */
export async function withDoors<T>(run: (send: SendToDoor) => Promise<T>): Promise<T> {
  const find = doorFinder(machineDoors);
  const server = createServer((request, response) => {
    const open = find(request.method ?? "", request.url ?? "");
    if (!open) return response.writeHead(404).end();
    Promise.resolve(open.door.handle(request, response, open.params)).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  const port = await listenOnFreePort(server, 0, "127.0.0.1");
  try {
    return await run(async (path, key, body) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    });
  } finally {
    await closeServer(server, 1);
  }
}
