import { randomUUID } from "node:crypto";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to the next request whose path ends so. */
export interface Cut {
  path: string;
  /** `before`: the server never sees it. `after`: it has answered, and nobody hears it. */
  how: "before" | "after";
  /** In the moment between the server's commit and the lost answer. */
  meanwhile?: () => void;
}

export interface CutProxy {
  port: number;
  /** Where requests go from now on. */
  sendTo: (port: number) => void;
  plan: (cut: Cut) => void;
  /** Takes back what has not happened to a path that holds this. */
  clear: (part: string) => void;
  /** The control: every attempt gets a submission key of its own, as if the browser did not keep it. */
  forgetKeys: (forget: boolean) => void;
  close: () => Promise<void>;
}

/** Stands between browser and servers, under one address, and loses what it is told to lose. */
export async function startCutProxy(): Promise<CutProxy> {
  // No connection is used twice: one that the server closes just then would lose requests that nobody told it to lose, for
  // example a script of the page, which then never starts.
  const agent = new Agent({ keepAlive: false });
  const cuts: Cut[] = [];
  let target = 0;
  let forgetful = false;
  const server = createServer((incoming, outgoing) => {
    const at = cuts.findIndex((cut) => incoming.url?.endsWith(cut.path));
    const [cut] = at >= 0 ? cuts.splice(at, 1) : [];
    if (cut?.how === "before") {
      outgoing.destroy();
      return;
    }
    void readAll(incoming)
      .then((body) => (forgetful ? withNewKey(body) : body))
      .then((body) => forward({ incoming, outgoing, body, port: target, agent, cut }))
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sendTo: (port) => {
      target = port;
    },
    plan: (cut) => void cuts.push(cut),
    clear: (part) => {
      const others = cuts.filter((cut) => !cut.path.includes(part));
      cuts.splice(0, cuts.length, ...others);
    },
    forgetKeys: (forget) => {
      forgetful = forget;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Passing {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  body: Buffer;
  port: number;
  agent: Agent;
  cut: Cut | undefined;
}

function forward({ incoming, outgoing, body, port, agent, cut }: Passing): void {
  const { "content-length": _length, ...headers } = incoming.headers;
  const onward = request({
    host: "127.0.0.1",
    port,
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: { ...headers, ...(body.length > 0 ? { "content-length": String(body.length) } : {}) },
  });
  onward.on("error", () => outgoing.destroy());
  onward.on("response", (answer) => {
    if (cut) {
      answer.on("error", () => undefined);
      cut.meanwhile?.();
      answer.destroy();
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  onward.end(body);
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function withNewKey(body: Buffer): Buffer {
  return Buffer.from(
    body.toString().replace(/"submission_key":"[0-9a-f-]{36}"/, `"submission_key":"${randomUUID()}"`),
  );
}
