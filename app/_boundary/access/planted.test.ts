import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { newId } from "@/lib/core/id";
import { attemptsAt, judge } from "./attempt";
import { checkDeclarations } from "./check-declarations";
import { send } from "./send";
import { hiddenDoors, pageEntry, pathsOfTree, routeEntries } from "./surface";
import { PRINCIPALS, WHO_MAY } from "./who-may";
import type { World } from "./world";

/** Faults planted on purpose: a matrix that does not see them proves nothing. */

const KEYS = "/api/v1/projects/[project]/keys";
const FILE = `app${KEYS}/route.ts`;
const only = (name: string) => ({ [name]: WHO_MAY[name] ?? "people" });
const right = defineRoute({
  policy: { capability: "key.manage" },
  response: z.object({}),
  handler: () => ({}),
});

test("a sound route is not complained about", () => {
  expect(checkDeclarations(routeEntries(KEYS, FILE, { GET: right }), only(`GET ${KEYS}`))).toEqual([]);
});

test.each([
  ["is in no table", { GET: right, PUT: right }, /PUT .*is not in the table/],
  ["was not made by defineRoute", { GET: () => new Response("hello") }, /not made by defineRoute/],
  ["is not a function of ours at all", { GET: Object.assign(() => right, right) }, /not made by defineRoute/],
  [
    "lets viewers in",
    { GET: defineRoute({ policy: { capability: "project.read" }, handler: () => undefined }) },
    /lets in viewer; the table says managers/,
  ],
  [
    "lets keys in",
    { GET: defineRoute({ policy: { capability: "project.read", keys: true }, handler: () => undefined }) },
    /lets in viewer, keyRead/,
  ],
  [
    "lets everybody in",
    { GET: defineRoute({ policy: { public: "oh" }, handler: () => undefined }) },
    /lets in nobody/,
  ],
  [
    "keeps managers out",
    { GET: defineRoute({ policy: { instance: "instance.manage" }, handler: () => undefined }) },
    /keeps out manager/,
  ],
])("a route that %s is seen", (_, exported, complaint) => {
  expect(checkDeclarations(routeEntries(KEYS, FILE, exported), only(`GET ${KEYS}`)).join("\n")).toMatch(
    complaint,
  );
});

test("a change without an audit action and a capability without a project are seen", () => {
  const silent = defineRoute({ policy: { capability: "key.manage" }, handler: () => undefined });
  expect(checkDeclarations(routeEntries(KEYS, FILE, { POST: silent }), only(`POST ${KEYS}`)).join()).toMatch(
    /no audit action/,
  );
  const lost = routeEntries("/api/v1/keys", FILE, { GET: right });
  expect(checkDeclarations(lost, { "GET /api/v1/keys": "managers" }).join()).toMatch(
    /no project in its path/,
  );
});

test("an address that is gone but still in the table is seen", () => {
  expect(checkDeclarations([], { "GET /gone": "people" })).toEqual([
    expect.stringMatching(/nothing answers there/),
  ]);
});

test.each([
  ["no gate", "export default async function Page() { return null; }", /does not begin with/],
  ["two gates", 'await publicPage("a"); await pageContext(params, "key.manage");', /does not begin with/],
  ["a gate that is not literal", "await pageContext(params, capability);", /does not begin with/],
  ["too wide a gate", 'await pageContext(params, "project.read");', /lets in viewer/],
  ["a public gate", 'await publicPage("because");', /lets in nobody/],
])("a page with %s is seen", (_, source, complaint) => {
  const page = pageEntry("/[project]/setting/keys", "app/page.tsx", source);
  expect(checkDeclarations([page], only("GET /[project]/setting/keys")).join()).toMatch(complaint);
});

test("a file in the tree, a Server Action, a proxy and a rewrite in the build are seen", () => {
  const root = mkdtempSync(join(tmpdir(), "assay-planted-"));
  const write = (path: string, value: unknown) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof value === "string" ? value : JSON.stringify(value));
  };
  try {
    write("app/(app)/[project]/planted/page.tsx", "");
    write("app/api/v1/planted/route.ts", "");
    write("app/_boundary/route.ts", "");
    expect([...pathsOfTree(root).keys()].sort()).toEqual(["/[project]/planted", "/api/v1/planted"]);
    write(".next/server/server-reference-manifest.json", { node: { "00ab": {} }, edge: {} });
    write(".next/server/middleware-manifest.json", { middleware: { "/": {} }, functions: {} });
    write(".next/routes-manifest.json", {
      rewrites: { afterFiles: [{ source: "/x" }] },
      redirects: [{ internal: true }],
    });
    expect(hiddenDoors(join(root, ".next"))).toEqual([
      expect.stringMatching(/Server Action/),
      expect.stringMatching(/proxy/),
      expect.stringMatching(/rewrites/),
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test("a server that answers everybody is seen at every address", async () => {
  const open = createServer((_, response) => response.end("CANARY-PAYLOAD CANARY-FOREIGN"));
  await new Promise<void>((resolve) => void open.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(open.address() as AddressInfo).port}`;
  const entry = routeEntries(KEYS, FILE, { GET: right });
  const attempts = entry.flatMap((each) => attemptsAt(each, emptyWorld()));
  const faults = await Promise.all(attempts.map(async (each) => judge(each, await send(origin, each.sent))));
  open.close();
  open.closeAllConnections();
  const denied = attempts.filter(({ expected }) => expected.status !== 200);
  expect(denied.length).toBeGreaterThan(40);
  expect(faults.filter((fault) => fault === null)).toEqual([]);
  expect(faults.filter((fault) => /answered 200 instead of 40[134]/.test(fault ?? ""))).toHaveLength(
    denied.length,
  );
  expect(faults.filter((fault) => /shows CANARY-FOREIGN/.test(fault ?? "")).length).toBeGreaterThan(20);
});

/** Only names: nobody looks anything up. */
function emptyWorld(): World {
  const project = (slug: string) => ({ project: { slug } });
  const headers = Object.fromEntries(PRINCIPALS.map((each) => [each, {}]));
  return {
    own: project("own"),
    foreign: project("foreign"),
    headers,
    people: {},
    ids: { key: { own: newId(), foreign: newId() } },
  } as unknown as World;
}
