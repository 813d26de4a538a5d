import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineDoor } from "@/lib/core/machine-door";
import { declarationOf, type RouteDeclaration } from "@/app/_boundary/policy";

/** Everything that answers a request: pages, methods of routes, doors for machines. */
export interface Entry {
  kind: "page" | "route" | "door";
  method: string;
  /** As in Next: /api/v1/projects/[project]/keys/[key] */
  path: string;
  file: string;
  /** Of a route made by defineRoute. */
  declaration: RouteDeclaration | null;
  /** Of a page: the words of its gate, for example `pageContext project.read`. */
  gate: string | null;
}

export interface Surface {
  entries: Entry[];
  /** What should not be there, as sentences. */
  complaints: string[];
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Next makes these itself; they show nothing of anybody. */
const OF_THE_FRAMEWORK = new Set(["/_not-found", "/_global-error", "/icon.svg"]);

/** What the app tree says: the same naming rules as Next's own. */
export function pathsOfTree(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })) {
    const file = join("app", name).replaceAll("\\", "/");
    const match = /^app\/(.*\/)?(page|route)\.tsx?$/.exec(file);
    if (!match || file.includes("/_")) continue;
    const path = `/${(match[1] ?? "").replaceAll(/\([^)]*\)\//g, "").replace(/\/$/, "")}`;
    found.set(path, file);
  }
  return found;
}

/** What the build says that it serves. */
export function pathsOfBuild(build: string): string[] {
  const manifest = readJson(join(build, "app-path-routes-manifest.json"));
  return Object.values(manifest).map(String);
}

/** Doors beside the declared ones that a build could open: Server Actions, a proxy, rewrites, pages of the old kind. */
export function hiddenDoors(build: string): string[] {
  const complaints: string[] = [];
  const actions = readJson(join(build, "server", "server-reference-manifest.json"));
  for (const runtime of ["node", "edge"])
    for (const name of Object.keys(Object(actions[runtime])))
      complaints.push(`a Server Action is built: ${name}`);
  const middleware = readJson(join(build, "server", "middleware-manifest.json"));
  for (const part of ["middleware", "functions"])
    for (const name of Object.keys(Object(middleware[part]))) complaints.push(`a proxy is built: ${name}`);
  const routes = readJson(join(build, "routes-manifest.json"));
  for (const part of ["rewrites", "redirects"])
    for (const rule of rulesOf(routes[part]))
      complaints.push(`${part} are configured: ${JSON.stringify(rule)}`);
  const pages = join(build, "server", "pages-manifest.json");
  if (existsSync(pages))
    for (const name of Object.keys(readJson(pages)))
      if (!["/_app", "/_document", "/_error", "/404", "/500"].includes(name))
        complaints.push(`a page of the old kind: ${name}`);
  return complaints;
}

/** Next's own rule that drops a trailing slash is no door. */
function rulesOf(value: unknown): unknown[] {
  const lists = Array.isArray(value) ? [value] : Object.values(Object(value));
  return lists.flat().filter((rule) => Object(rule).internal !== true);
}

export async function readSurface(root: string, doors: readonly MachineDoor[]): Promise<Surface> {
  const build = join(root, ".next");
  const tree = pathsOfTree(root);
  const built = pathsOfBuild(build).filter((path) => !OF_THE_FRAMEWORK.has(path));
  const complaints = hiddenDoors(build);
  for (const path of built) if (!tree.has(path)) complaints.push(`${path} is built but has no file in app`);
  for (const path of tree.keys())
    if (!built.includes(path)) complaints.push(`${path} has a file in app but is not built`);
  const entries = await entriesOf(root, tree, doors);
  return { entries, complaints };
}

/** What is written in the tree, whether or not it was built. */
export async function entriesOf(
  root: string,
  tree: ReadonlyMap<string, string>,
  doors: readonly MachineDoor[],
): Promise<Entry[]> {
  const entries: Entry[] = doors.map(({ method, path }) => ({
    kind: "door",
    method,
    path,
    file: "lib/ingest/doors.ts",
    declaration: null,
    gate: null,
  }));
  for (const [path, file] of tree) {
    if (/\/page\.tsx?$/.test(file))
      entries.push(pageEntry(path, file, readFileSync(join(root, file), "utf8")));
    else
      entries.push(...routeEntries(path, file, (await import(join(root, file))) as Record<string, unknown>));
  }
  return entries;
}

export function pageEntry(path: string, file: string, source: string): Entry {
  const calls = [
    ...source.matchAll(/await (pageContext|instanceContext|publicPage)\((?:params, )?"([^"]+)"\)/g),
  ];
  const gate =
    calls.length === 1
      ? `${calls[0]?.[1]} ${calls[0]?.[1] === "publicPage" ? "" : calls[0]?.[2]}`.trim()
      : null;
  return { kind: "page", method: "GET", path, file, declaration: null, gate };
}

export function routeEntries(path: string, file: string, exported: Record<string, unknown>): Entry[] {
  return METHODS.filter((method) => method in exported).map((method) => ({
    kind: "route",
    method,
    path,
    file,
    declaration: declarationOf(exported[method]),
    gate: null,
  }));
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}
