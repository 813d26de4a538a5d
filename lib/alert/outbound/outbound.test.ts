import { createServer, request, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { report } from "@/lib/testing/console";
import { checkAddress } from "./check-address";
import { type OutboundPolicy, readOutboundPolicy } from "./outbound-policy";
import { postJson } from "./post-json";
import { isSpecialAddress } from "./special-address";
import { selfSigned } from "./testing/self-signed";
import { spellings } from "./testing/spellings";

/** Stands for a public host: the one loopback address that the tests' policy takes for one. */
const OUTSIDE = "127.0.0.2";
const servers: Server[] = [];
let hits = 0;
let canary = 0;

async function listen(host: string, answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  canary = await listen("127.0.0.1", (_, response) => {
    hits += 1;
    response.end("inside");
  });
});
afterAll(() => servers.forEach((server) => server.close()));

/** As strict as the product about addresses, but open to the port and the scheme, so that nothing else refuses. */
function policyFor(...ports: number[]): OutboundPolicy {
  const strict = readOutboundPolicy(undefined, ports);
  return {
    ...strict,
    plainHttp: true,
    isAllowedAddress: (address) => address === OUTSIDE || strict.isAllowedAddress(address),
  };
}

const post = (
  address: string,
  policy: OutboundPolicy,
  resolve: (host: string) => Promise<readonly string[]>,
) => postJson({ address, body: "{}", headers: {} }, { policy, resolve, totalMs: 1_000 });

const INSIDE = [
  "127.0.0.1",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "0.0.0.0",
  "::",
  "10.0.0.1",
  "169.254.169.254",
];

test("400 spellings of inside addresses, as written, by name, by a name that changes, by redirect: nothing gets in", async () => {
  const all = spellings(canary);
  const policy = policyFor(canary);
  expect(all.length).toBeGreaterThanOrEqual(400);
  let asked = 0;
  const local = async () => {
    asked += 1;
    return ["127.0.0.1"];
  };
  for (const address of all)
    expect(await post(address, policy, local), address).toMatchObject({ kind: "failed", code: "blocked" });
  // The names among them are refused as names: none was even looked up.
  expect(asked).toBe(0);

  let byName = 0;
  for (const [at, address] of all.entries()) {
    const inside = INSIDE[at % INSIDE.length] ?? "";
    const answers = at % 2 === 0 ? [inside] : ["93.184.215.14", inside];
    const found = await post(`http://n${at}.example:${canary}/`, policy, async () => answers);
    expect(found, `${address} ${answers.join()}`).toMatchObject({ kind: "failed", code: "blocked" });
    byName += 1;
  }

  let round = 0;
  let location = "";
  const outside = await listen(OUTSIDE, (_, response) => {
    response.writeHead(round % 2 === 0 ? 302 : 307, { location }).end();
  });
  const open = policyFor(canary, outside);
  let changed = 0;
  let redirected = 0;
  for (const address of all) {
    round += 1;
    // As the bytes of the text: a header line takes no wide letters.
    location = Buffer.from(address, "utf8").toString("latin1");
    const answers = [[OUTSIDE], [INSIDE[round % INSIDE.length] ?? ""]];
    const turning = async () => answers.shift() ?? [];
    const first = await post(`http://n${round}.example:${outside}/`, open, turning);
    expect(first).toMatchObject({ kind: "answered", status: round % 2 === 0 ? 302 : 307 });
    redirected += 1;
    const second = await post(`http://n${round}.example:${canary}/`, open, turning);
    expect(second).toMatchObject({ kind: "failed", code: "blocked" });
    changed += 1;
  }
  report(
    `outbound guard: ${all.length} spellings, ${byName} names, ${changed} changing names, ${redirected} redirects: ${hits} hits inside`,
  );
  expect(hits).toBe(0);
});

test("control: a guard that only looks names up is walked around", async () => {
  const before = hits;
  for (const address of spellings(canary)) await onlyLookup(address);
  report(`control: a guard that only looks names up let ${hits - before} in`);
  expect(hits - before).toBeGreaterThan(50);
  hits = before;
});

/** Node asks the lookup function about names only, never about addresses that stand in the URL. */
function onlyLookup(address: string): Promise<void> {
  return new Promise((resolve) => {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || isUnreachable(url.hostname)) return resolve();
    const sent = request(url, {
      timeout: 300,
      lookup: (_, __, callback) => callback(new Error("inside"), "", 4),
    });
    sent.once("response", (answer) => resolve(void answer.resume()));
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => resolve());
    sent.end();
  });
}

/** Those at which the canary is not: asking there would leave the machine. */
function isUnreachable(hostname: string): boolean {
  return !/^(127\.|localhost|\[::ffff:7f|0\.0\.0\.0)/.test(hostname);
}

test("what an address itself shows is said when it is saved", () => {
  const policy = readOutboundPolicy("10.1.0.0/16, hooks.internal", [443, 8443]);
  const ok = (text: string) => checkAddress(text, policy).ok;
  expect(ok("https://hooks.example.com/a?b=c")).toBe(true);
  expect(ok("https://hooks.example.com:8443/")).toBe(true);
  expect(ok("http://hooks.internal:9000/x")).toBe(true);
  expect(ok("http://10.1.2.3/x")).toBe(true);
  expect(ok("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")).toBe(true);
  for (const text of [
    "",
    "hooks.example.com",
    "//hooks.example.com",
    "http://hooks.example.com/",
    "https://hooks.example.com:22/",
    "https://hooks.example.com:5432/",
    "https://name:word@hooks.example.com/",
    "https://10.2.0.1/",
    "https://other.internal/",
    "file:///etc/passwd",
    "gopher://hooks.example.com/",
    "ftp://hooks.example.com/",
    "javascript:alert(1)",
    "data:text/plain,x",
    `https://hooks.example.com/${"x".repeat(2_000)}`,
  ])
    expect(ok(text), text).toBe(false);
});

test("public addresses are open, all special ranges are not", () => {
  for (const address of ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:801::200e"])
    expect(isSpecialAddress(address), address).toBe(false);
  for (const address of [
    "",
    "x",
    "fe80::1%eth0",
    "172.31.255.255",
    "100.127.255.255",
    "2001::1",
    "2001:db8::",
    "::2",
  ])
    expect(isSpecialAddress(address), address).toBe(true);
});

test("slow, endless, huge, broken and distrusted answers end as one sentence each", async () => {
  const policy = readOutboundPolicy("localhost", []);
  const send = (address: string, totalMs = 20_000) =>
    postJson({ address, body: "{}", headers: {} }, { policy, totalMs, resolve: async () => ["127.0.0.1"] });
  const slow = await listen("127.0.0.1", () => {});
  expect(await send(`http://localhost:${slow}/`, 400)).toMatchObject({ kind: "failed", code: "timeout" });
  const drip = await listen("127.0.0.1", (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("."), 20);
    response.once("close", () => clearInterval(timer));
  });
  expect(await send(`http://localhost:${drip}/`, 400)).toMatchObject({ kind: "failed", code: "timeout" });
  const huge = await listen("127.0.0.1", (_, response) => response.end(Buffer.alloc(20 * 1024 * 1024, "a")));
  const read = await send(`http://localhost:${huge}/`);
  expect(read.kind === "answered" && read.body.length).toBe(64 * 1024);
  const cut = await listen("127.0.0.1", (incoming) => incoming.socket.resetAndDestroy());
  expect(await send(`http://localhost:${cut}/`)).toMatchObject({ kind: "failed", code: "broken" });
  expect(await send("http://localhost:1/")).toMatchObject({ kind: "failed", code: "connect" });
  const gone = { policy, totalMs: 20_000, resolve: async () => [] };
  expect(await postJson({ address: "http://localhost:1/", body: "", headers: {} }, gone)).toMatchObject({
    code: "lookup",
  });
});

test("a certificate that nobody vouches for is refused, whatever the environment says", async () => {
  const server = createSecureServer(selfSigned("localhost"), (_, response) => {
    hits += 1;
    response.end();
  });
  servers.push(server as unknown as Server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  const found = await postJson(
    { address: `https://localhost:${port}/`, body: "{}", headers: {} },
    { policy: readOutboundPolicy("localhost", []), resolve: async () => ["127.0.0.1"] },
  );
  if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  expect(found).toMatchObject({ kind: "failed", code: "tls" });
  expect(found.kind === "failed" && found.sentence).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  expect(hits).toBe(0);
});
