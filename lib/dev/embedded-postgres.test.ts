import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { report } from "@/lib/testing/console";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";
import { locatePostgres } from "./postgres-binaries";
import { backendsOf, processAlive, runningPostmaster } from "./postgres-pidfile";
import { refuseForeignUsers } from "./postgres-users";

const folders: string[] = [];
const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of started.splice(0)) await server.stop();
});

afterAll(() => {
  for (const folder of folders) {
    const running = runningPostmaster(join(folder, "cluster", "data"));
    if (running) process.kill(running.pid, "SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Mode 0700 keeps every other account out: as root, that is the way through a user namespace. */
function newFolder(mode = 0o711): string {
  const parent = mkdtempSync(join(tmpdir(), "assay-postgres-"));
  chmodSync(parent, mode);
  folders.push(parent);
  return parent;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  started.push(server);
  return server;
}

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

const MODULE = JSON.stringify(fileURLToPath(new URL("./embedded-postgres.ts", import.meta.url)));

/** Another process that starts the same cluster and then runs `body`; it stops it when its input ends. */
function otherProcess(dataDir: string, body = ""): { child: ChildProcess; lines: AsyncIterator<string> } {
  const script = `
    import { startEmbeddedPostgres } from ${MODULE};
    import pg from "pg";
    const server = await startEmbeddedPostgres({ dataDir: process.env.FOLDER });
    console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
    ${body}
    process.stdin.resume();
    process.stdin.on("end", () => server.stop().then(() => process.exit(0)));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, FOLDER: dataDir },
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const output = child.stdout;
  if (!output) throw new Error("no output");
  return { child, lines: createInterface({ input: output })[Symbol.asyncIterator]() };
}

async function firstLine(lines: AsyncIterator<string>): Promise<{ url: string; adopted: boolean }> {
  const line = await lines.next();
  if (line.done) throw new Error("the other process ended without a word");
  return JSON.parse(line.value);
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function killServer(folder: string): void {
  const running = runningPostmaster(join(folder, "cluster", "data"));
  if (!running) throw new Error("no server to kill");
  for (const pid of new Set([running.pid, ...backendsOf(join(folder, "cluster", "data"))])) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // Backends of an app that was killed a moment ago end by themselves.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

const modes: [string, number][] =
  process.getuid?.() === 0
    ? [
        ["another account", 0o711],
        ["a user namespace", 0o700],
      ]
    : [["this account", 0o711]];

describe.each(modes)("by %s", (_how, mode) => {
  test("starts from nothing, keeps its data, and is safe by its settings", { timeout: 60_000 }, async () => {
    const folder = newFolder(mode);
    const dataDir = join(folder, "deep", "postgres");
    let began = performance.now();
    const first = await startEmbeddedPostgres({ dataDir });
    report(`embedded database: first start ${(performance.now() - began).toFixed(0)} ms`);
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS id");
    const settings = await query<{ name: string; setting: string }>(
      first.url,
      `SELECT name, setting FROM pg_settings WHERE name IN
       ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'password_encryption')
       ORDER BY name`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: "on",
      fsync: "on",
      full_page_writes: "on",
      listen_addresses: "127.0.0.1",
      password_encryption: "scram-sha-256",
      synchronous_commit: "on",
    });
    expect(await query(first.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([
      { rolsuper: false },
    ]);
    expect(statSync(join(dataDir, "cluster", "data")).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "cluster", "password")).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(runningPostmaster(join(dataDir, "cluster", "data"))).toBeNull();

    began = performance.now();
    const second = await start(dataDir);
    report(`embedded database: restart ${(performance.now() - began).toFixed(0)} ms`);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  });

  test("a wrong password is refused", { timeout: 60_000 }, async () => {
    const server = await start(newFolder(mode));
    const wrong = new URL(server.url);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    wrong.username = "postgres";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  });

  test("a lock file whose number now belongs to another program does not keep it down", {
    timeout: 60_000,
  }, async () => {
    const folder = newFolder(mode);
    const server = await startEmbeddedPostgres({ dataDir: folder, supervise: false });
    const data = join(folder, "cluster", "data");
    const lockFile = readFileSync(join(data, "postmaster.pid"), "utf8");
    killServer(folder);
    await expect.poll(() => backendsOf(data)).toEqual([]);
    writeFileSync(join(data, "postmaster.pid"), lockFile.replace(/^\d+/, String(process.pid)));
    const again = await start(folder);
    expect(again.adopted).toBe(false);
    expect(await query(again.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await query(again.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

test("comes back on the same port when the server is killed", { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const server = await start(folder);
  await query(server.url, "CREATE TABLE kept AS SELECT 1 AS id");
  killServer(folder);
  const began = performance.now();
  await expect
    .poll(() => query(server.url, "SELECT id FROM kept").catch(() => []), { timeout: 20_000 })
    .toEqual([{ id: 1 }]);
  report(`embedded database: back after kill -9 in ${(performance.now() - began).toFixed(0)} ms`);
});

test("an app that is killed leaves a server that the next one adopts, and then stops", {
  timeout: 60_000,
}, async () => {
  const folder = newFolder();
  const other = otherProcess(folder);
  const { url } = await firstLine(other.lines);
  await query(url, "CREATE TABLE kept AS SELECT 7 AS id");
  await kill(other.child);
  const server = await startEmbeddedPostgres({ dataDir: folder });
  expect(server.adopted).toBe(true);
  expect(server.url).toBe(url);
  expect(await query(server.url, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
  await server.stop();
  expect(runningPostmaster(join(folder, "cluster", "data"))).toBeNull();
});

test("the last user stops the server, nobody before", { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const first = await startEmbeddedPostgres({ dataDir: folder });
  const other = otherProcess(folder);
  expect((await firstLine(other.lines)).adopted).toBe(true);
  await first.stop();
  expect(await query(first.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  const ended = once(other.child, "exit");
  other.child.stdin?.end();
  await ended;
  expect(runningPostmaster(join(folder, "cluster", "data"))).toBeNull();
});

test("four simultaneous first starts make one cluster", { timeout: 120_000 }, async () => {
  const folder = newFolder();
  const others = Array.from({ length: 4 }, () => otherProcess(folder));
  const answers = await Promise.all(others.map(({ lines }) => firstLine(lines)));
  expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
  expect(answers.filter(({ adopted }) => !adopted).length).toBeGreaterThanOrEqual(1);
  expect(readdirSync(folder).filter((name) => name.startsWith("initdb-"))).toEqual([]);
  expect(await query(answers[0]?.url ?? "", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("an interrupted first start is done again", { timeout: 120_000 }, async () => {
  const folder = newFolder();
  const drafts = () =>
    existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("initdb-")) : [];
  const other = otherProcess(folder);
  await expect.poll(drafts, { timeout: 20_000, interval: 5 }).toHaveLength(1);
  await kill(other.child);
  // What an older half-made cluster looks like: the folder is there, PG_VERSION is not.
  mkdirSync(join(folder, "cluster", "data", "base"), { recursive: true });
  const server = await start(folder);
  expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(drafts()).toEqual([]);
});

test("kill -9 of app and server loses nothing that was acknowledged", { timeout: 120_000 }, async () => {
  const folder = newFolder();
  const writer = `
    const pool = new pg.Pool({ connectionString: server.url, max: 4 });
    pool.on("error", () => undefined);
    await pool.query("CREATE TABLE IF NOT EXISTS acked (id bigserial PRIMARY KEY)");
    const write = async () => {
      for (;;) console.log((await pool.query("INSERT INTO acked DEFAULT VALUES RETURNING id")).rows[0].id);
    };
    for (let i = 0; i < 4; i += 1) write().catch(() => undefined);`;
  const acknowledged = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    const other = otherProcess(folder, writer);
    await firstLine(other.lines);
    const goal = acknowledged.size + 300;
    while (acknowledged.size < goal) acknowledged.add((await other.lines.next()).value);
    if (round % 2 === 0) killServer(folder);
    await kill(other.child);
    if (round % 2 === 1) killServer(folder);
  }
  const server = await start(folder);
  const stored = new Set(
    (await query<{ id: string }>(server.url, "SELECT id FROM acked")).map(({ id }) => id),
  );
  const lost = [...acknowledged].filter((id) => !stored.has(id));
  report(`embedded database: 4 kills, ${acknowledged.size} acknowledged rows, ${lost.length} lost`);
  expect(lost).toEqual([]);
});

test("a folder that another container uses is refused while that one lives, and free when it is gone", async () => {
  const folder = newFolder();
  const file = join(folder, "1-elsewhere");
  writeFileSync(file, "otherhost pid:[1]");
  await expect(refuseForeignUsers(folder, 0.1)).rejects.toThrow("Another container or machine");
  rmSync(file);
  await expect(refuseForeignUsers(folder, 0.1)).resolves.toBeUndefined();
});

test("where there is no embedded database, the error names DATABASE_URL", () => {
  expect(() => locatePostgres("sunos", "x64")).toThrow("DATABASE_URL");
});

test("a process that is gone is not alive", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  const pid = child.pid ?? 0;
  await once(child, "exit");
  expect(processAlive(pid)).toBe(false);
  expect(processAlive(process.pid)).toBe(true);
});
