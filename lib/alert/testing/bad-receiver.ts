import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { seededRandom } from "@/lib/stats/testing/seeded-random";

/** What came about one incident. */
export interface Received {
  ids: Set<string>;
  requests: number;
  accepted: number;
}

export interface BadReceiver {
  port: number;
  byIncident: Map<string, Received>;
  tally: Record<"accepted" | "error" | "silent" | "reset" | "slow", number>;
  close: () => void;
}

/**
 * A receiver that fails four times in ten: status 500, no answer at all, a reset, an answer that comes too late. It checks each
 * signature and counts what came of which incident under which id.
 */
export async function badReceiver(secret: string, answerMs: number): Promise<BadReceiver> {
  const random = seededRandom(20_261_130);
  const byIncident: BadReceiver["byIncident"] = new Map();
  const tally = { accepted: 0, error: 0, silent: 0, reset: 0, slow: 0 };
  const webhook = new Webhook(secret);
  const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { data } = webhook.verify(body, headers) as { data: { incident: { id: string } } };
    const known = byIncident.get(data.incident.id) ?? { ids: new Set<string>(), requests: 0, accepted: 0 };
    known.ids.add(headers["webhook-id"] ?? "");
    known.requests += 1;
    byIncident.set(data.incident.id, known);
    const dice = random();
    const accept = () => {
      known.accepted += 1;
      response.end();
    };
    if (dice < 0.1) {
      tally.error += 1;
      response.writeHead(500).end();
    } else if (dice < 0.2) tally.silent += 1;
    else if (dice < 0.3) {
      tally.reset += 1;
      request.socket.resetAndDestroy();
    } else if (dice < 0.4) {
      tally.slow += 1;
      setTimeout(() => response.end(), answerMs * 1.5).unref();
    } else {
      tally.accepted += 1;
      accept();
    }
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => answer(request, response, body));
    request.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, byIncident, tally, close };
}
