import { once } from "node:events";
import type { Server } from "node:http";
import { BlockList, connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { allowImageHosts } from "@/lib/core/page-image-hosts";
import { createFrontServer, type FrontOptions } from "./http-server";
import { closeServer, listenOnFreePort } from "./listen";

const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => closeServer(server, 1))));

async function front(
  options: Partial<FrontOptions> = {},
): Promise<{ port: number; url: string; errors: unknown[] }> {
  const errors: unknown[] = [];
  const server = createFrontServer({
    doors: [],
    pages: () => async (request, response) => void response.end(JSON.stringify(request.headers)),
    alive: () => true,
    ready: async () => "ready",
    isDraining: () => false,
    trustedProxies: new BlockList(),
    https: false,
    development: false,
    logError: (error) => errors.push(error),
    ...options,
  });
  servers.push(server);
  const port = await listenOnFreePort(server, 0, "127.0.0.1");
  return { port, url: `http://127.0.0.1:${port}`, errors };
}

async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("latin1");
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk));
  socket.write(text);
  await once(socket, "close");
  return answer;
}

test("a page gets the nonce of its own policy, and no forged one", async () => {
  const { url } = await front();
  const response = await fetch(`${url}/demo`, { headers: { "x-nonce": "forged", "next-action": "x" } });
  const seen = (await response.json()) as Record<string, string>;
  expect(seen["content-security-policy"]).toBe(response.headers.get("content-security-policy"));
  expect(seen["content-security-policy"]).toContain(`'nonce-${seen["x-nonce"]}'`);
  expect(seen).not.toHaveProperty("next-action");
  expect(seen["x-request-id"]).toBe(response.headers.get("x-request-id"));
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test("only the answer of a page that names hosts lets images from there load", async () => {
  const { url } = await front({
    pages: () => async (request, response) => {
      const id = String(request.headers["x-request-id"]);
      if (request.url === "/demo/review") allowImageHosts(id, ["images.example.com"]);
      // Somebody else's request, and one that was never made.
      allowImageHosts("another", ["evil.example.com"]);
      if (request.url === "/bad/review") allowImageHosts(id, ["a.example.com; script-src *"]);
      response.end("page");
    },
  });
  const imagesOf = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, { headers });
    return /img-src ([^;]*)/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
  };
  expect(await imagesOf("/demo/review")).toBe("'self' data: https://images.example.com");
  expect(await imagesOf("/demo/accuracy")).toBe("'self' data:");
  expect(await imagesOf("/demo/accuracy", { "x-request-id": "another" })).toBe("'self' data:");
  expect(await imagesOf("/bad/review")).toBe("'self' data:");
});

test("a page knows its own address, as the person sees it", async () => {
  const { url } = await front();
  const seen = async (path: string) =>
    (
      (await (await fetch(`${url}${path}`, { headers: { "x-assay-path": "/forged" } })).json()) as Record<
        string,
        string
      >
    )["x-assay-path"];
  expect(await seen("/demo/accuracy?segment=a&_rsc=1x2&view=table")).toBe(
    "/demo/accuracy?segment=a&view=table",
  );
  expect(await seen("/demo?_rsc=1x2")).toBe("/demo");
});

test("whatever Next says about caching, only its static files are cached", async () => {
  const { url } = await front({
    pages: () => async (_request, response) =>
      void response.writeHead(200, { "Content-Type": "text/plain" }).end("page"),
  });
  expect((await fetch(`${url}/`)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${url}/api/v1/x`)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${url}/_next/static/a.js`)).headers.get("cache-control")).toBeNull();
});

test("a machine door answers before the pages, with its path parameters", async () => {
  const { url } = await front({
    doors: [
      {
        method: "POST",
        path: "/api/v1/hooks/[source]",
        handle: (_request, response, params) => void response.end(`door ${params["source"]}`),
      },
    ],
  });
  expect(await (await fetch(`${url}/api/v1/hooks/bank`, { method: "POST" })).text()).toBe("door bank");
  expect(await (await fetch(`${url}/api/v1/hooks/bank`)).text()).toContain("x-request-id");
});

test("a fault is a 500 with a request id, and its cause is in the log only", async () => {
  const { url, errors } = await front({
    pages: () => async () => {
      throw new Error("planted: secret cause");
    },
  });
  const response = await fetch(`${url}/api/v1/x`);
  const body = await response.text();
  expect(response.status).toBe(500);
  expect(body).toContain(response.headers.get("x-request-id"));
  expect(body).not.toContain("secret");
  expect(errors).toHaveLength(1);
});

test("while starting and while draining, health tells the truth", async () => {
  const starting = await front({ pages: () => null });
  const page = await fetch(`${starting.url}/`);
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "2"]);
  const unready = await fetch(`${starting.url}/api/health/ready`);
  expect([unready.status, await unready.text()]).toEqual([503, "unready"]);
  expect((await fetch(`${starting.url}/api/health/live`)).status).toBe(200);

  const draining = await front({ isDraining: () => true, ready: async () => "draining" });
  const answer = await fetch(`${draining.url}/api/health/ready`);
  expect([answer.status, await answer.text(), answer.headers.get("connection")]).toEqual([
    503,
    "draining",
    "close",
  ]);
});

test("health is one word", async () => {
  const { url } = await front();
  expect(await (await fetch(`${url}/api/health/ready`)).text()).toBe("ready");
  expect(await (await fetch(`${url}/api/health/live`)).text()).toBe("alive");
});

test.each([
  [
    "an absolute address",
    "GET http://169.254.169.254/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    400,
  ],
  ["another host's path", "GET //evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400],
  ["an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 400],
  ["TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
  [
    "two lengths",
    "POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
  ],
  ["17 KB of headers", `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(17_000)}\r\n\r\n`, 431],
])("refuses %s", async (_what, text, status) => {
  const { port } = await front();
  expect(await raw(port, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test("headers that drip are cut off after ten seconds", { timeout: 30_000 }, async () => {
  const { port } = await front();
  const started = performance.now();
  const answer = await raw(port, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  // Node's own limit is a minute; a busy machine adds some seconds to ours.
  expect(performance.now() - started).toBeLessThan(25_000);
});

test("a taken port gives the next free one", async () => {
  const { port } = await front();
  const second = createFrontServer({
    doors: [],
    pages: () => null,
    alive: () => true,
    ready: async () => "ready",
    isDraining: () => false,
    trustedProxies: new BlockList(),
    https: false,
    development: false,
    logError: () => undefined,
  });
  servers.push(second);
  expect(await listenOnFreePort(second, port, "127.0.0.1")).toBeGreaterThan(port);
});
