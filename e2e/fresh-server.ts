import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FreshServer {
  url: string;
  /** The address that its console names for the first administrator. */
  setupURL: string;
  /** What it has printed, for a story that fails. */
  log(): string;
  stop(): Promise<void>;
}

const START_SECONDS = 120;

/** A second installation beside the one under test, on which nobody has signed in yet. */
export async function startFreshServer(): Promise<FreshServer> {
  const folder = mkdtempSync(join(tmpdir(), "assay-fresh-"));
  // Embedded PostgreSQL may run as another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  // Not by the launcher: that might build again, under the server which the other tests talk to.
  const child = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      ASSAY_URL: "",
      ASSAY_DATA_DIR: folder,
      ASSAY_ADMIN_EMAIL: "",
      ASSAY_ADMIN_PASSWORD: "",
      ASSAY_DEMO: "off",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const log = () => printed;
  try {
    await untilReady(child, log);
    const url = /Assay is ready: (\S+)/.exec(printed)?.[1];
    const setupURL = /(\S+\/setup#\S+)/.exec(printed)?.[1];
    if (!url || !setupURL) throw new Error(`The console names no set-up address:\n${printed}`);
    return { url, setupURL, log, stop: () => stop(child, folder) };
  } catch (error) {
    await stop(child, folder);
    throw error;
  }
}

function untilReady(child: ChildProcess, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${log()}`));
    const timer = setTimeout(() => fail(`Not ready after ${START_SECONDS} s.`), START_SECONDS * 1000);
    child.once("exit", (code) => fail(`The server ended with ${code}.`));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", () => {
        if (!/Assay is ready: \S+\n/.test(log())) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
