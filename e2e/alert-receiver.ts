import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedAlert {
  headers: Record<string, string>;
  body: string;
}

export interface AlertReceiver {
  address: string;
  received: ReceivedAlert[];
  /** It answers so many requests with status 500; those after them are taken. */
  failNext: (requests: number) => void;
  close: () => void;
}

/** A system on this machine that alerts are sent to. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const received: ReceivedAlert[] = [];
  let failing = 0;
  const server: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ headers, body });
      const fails = failing > 0;
      if (fails) failing -= 1;
      response.writeHead(fails ? 500 : 200).end(fails ? "the disk is full" : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/assay`,
    received,
    failNext: (requests) => {
      failing = requests;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
