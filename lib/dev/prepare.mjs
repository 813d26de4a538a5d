import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Runs before anything is installed: the Node standard library only.

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const STAMPS = join(ROOT, "node_modules", ".cache", "assay");
const BUILD_SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "prisma",
];

/** Ends with a sentence when this Node.js is too old. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Assay needs Node.js 20.19 or newer; this is ${version}.\n`);
  process.exit(1);
}

/** Installs the packages when they are missing or the lock file has changed. */
export async function installPackages() {
  if (existsSync(stampFile("install")) && readStamp("install") === installHash()) return;
  if (!installedAsLocked()) {
    await step("Installing packages", () =>
      npm(["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"]),
    );
  }
  writeStamp("install", installHash());
}

/** Generates the database client when the schema has changed. */
export async function generateClient() {
  const hash = hashFiles(
    ["prisma", "prisma.config.ts", "package-lock.json"],
    (path) => !path.endsWith(".sql"),
  );
  if (existsSync(join(ROOT, "lib/db/generated/client.ts")) && readStamp("generate") === hash) return;
  await step("Generating the database client", () =>
    node(["node_modules/prisma/build/index.js", "generate"], {
      // Generating needs no engine, and without this the command would try to download one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    }),
  );
  writeStamp("generate", hash);
}

/** Builds the pages when a source has changed since the last build. */
export async function buildPages() {
  const hash = hashFiles(BUILD_SOURCES, isBuildSource);
  const stamp = join(ROOT, ".next", "assay-build");
  if (
    existsSync(stamp) &&
    existsSync(join(ROOT, ".next", "BUILD_ID")) &&
    readFileSync(stamp, "utf8") === hash
  )
    return;
  await step("Building the pages", () =>
    node(["node_modules/next/dist/bin/next", "build"], {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    }),
  );
  writeFileSync(stamp, hash);
}

/** Says what is being done and how long it took; shows what the work printed only when it failed. */
export async function step(title, work) {
  const started = performance.now();
  process.stdout.write(`${title} …\n`);
  await work();
  process.stdout.write(`${title}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

export function node(args, env = {}, options = {}) {
  return run(process.execPath, args, env, options);
}

/** The npm that started us, else the one on the path. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("npm-cli.js")) return node([cli, ...args]);
  return run("npm", args, {}, { shell: process.platform === "win32" });
}

/** Runs a program quietly. Rejects with the end of its output when it fails. */
export function run(
  file,
  args,
  env = {},
  { shell = false, inherit = false, timeoutMinutes, cwd = ROOT } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: inherit ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      ...(timeoutMinutes ? { timeout: timeoutMinutes * 60_000 } : {}),
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${output.trim()}\n${[file, ...args].join(" ")} ended with ${code ?? signal}`));
    });
  });
}

function isBuildSource(path) {
  return !/\.test\.tsx?$|\.sql$|^lib\/(testing|db\/generated)\//.test(path);
}

function installHash() {
  const lock = readFileSync(join(ROOT, "package-lock.json"));
  return hashOf(`${process.platform} ${process.arch} ${lock}`);
}

/** True when a person has installed exactly the locked packages already. */
function installedAsLocked() {
  try {
    const read = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8")).packages;
    const locked = read("package-lock.json");
    const installed = read("node_modules/.package-lock.json");
    const agrees = (name) => locked[name]?.version === installed[name]?.version;
    const needed = Object.keys(locked).filter(
      (name) => name !== "" && !locked[name].optional && !locked[name].peer,
    );
    // What is there beyond the lock file does no harm and is no reason to begin anew.
    const known = Object.keys(installed).filter((name) => name in locked);
    return known.every(agrees) && needed.every(agrees);
  } catch {
    return false;
  }
}

function hashFiles(paths, wanted) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => listFiles(path)).filter(wanted)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function listFiles(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const inside = readdirSync(full).sort();
  return inside.flatMap((name) => listFiles(`${path}/${name}`));
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("hex");
}

function stampFile(name) {
  return join(STAMPS, name);
}

function readStamp(name) {
  return existsSync(stampFile(name)) ? readFileSync(stampFile(name), "utf8") : "";
}

function writeStamp(name, text) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stampFile(name), text);
}
