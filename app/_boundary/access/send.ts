import { Agent, request } from "node:http";

export interface Sent {
  method: string;
  /** As it goes over the wire; nothing is normalised. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 12 });

/** A request as a browser on our own pages would make it, unless the headers say otherwise. */
export function send(origin: string, { method, path, headers = {}, body }: Sent): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const ownPage = method === "GET" ? {} : { origin, "sec-fetch-site": "same-origin" };
  const typed =
    text === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, agent, headers: { host, ...ownPage, ...typed, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

/** Runs the work on every item, a few at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const runner = async () => {
    while (next < items.length) {
      const item = items[next++];
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, runner));
}
