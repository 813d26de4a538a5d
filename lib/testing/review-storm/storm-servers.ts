import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import type { StormCall, StormSetting } from "./storm-call";

/** Null: no answer came, so that it may have happened or not. */
export type StormAnswer = { ok: true; value: unknown } | { ok: false; reason: string } | null;

export interface StormServers {
  /** Asks the n-th of the two. */
  ask: (server: number, call: StormCall) => Promise<StormAnswer>;
  kill: (server: number) => Promise<void>;
  pause: (server: number, milliseconds: number) => Promise<void>;
  stop: () => Promise<void>;
}

const ENTRY = fileURLToPath(new URL("./storm-process.ts", import.meta.url));

interface Server {
  child: ChildProcess;
  port: number;
  agent: Agent;
}

/** Two processes on one database, each of which can be stopped for a while or killed; a killed one is replaced. */
export async function startStormServers(databaseUrl: string, setting: StormSetting): Promise<StormServers> {
  const start = () => startOne(databaseUrl, setting);
  const servers = await Promise.all([start(), start()]);
  const nth = (at: number): Server => {
    const server = servers[at];
    if (!server) throw new Error(`There is no server ${at}.`);
    return server;
  };
  return {
    ask: (at, call) => ask(nth(at), call, setting.patienceMs),
    async kill(at) {
      await end(nth(at));
      servers[at] = await start();
    },
    async pause(at, milliseconds) {
      const { child } = nth(at);
      child.kill("SIGSTOP");
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      child.kill("SIGCONT");
    },
    async stop() {
      await Promise.all(servers.map(end));
    },
  };
}

async function startOne(databaseUrl: string, setting: StormSetting): Promise<Server> {
  const child = spawn(process.execPath, ["--import", "tsx", ENTRY], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      STORM_SETTING: JSON.stringify(setting),
      LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return { child, port, agent: new Agent({ keepAlive: true }) };
}

async function end({ child, agent }: Server): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  agent.destroy();
}

function ask({ port, agent }: Server, call: StormCall, timeout: number): Promise<StormAnswer> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, agent, method: "POST", timeout });
    const unknown = () => {
      asked.destroy();
      resolve(null);
    };
    asked.on("error", unknown);
    asked.on("timeout", unknown);
    asked.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", unknown);
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => {
        if (!response.complete) return unknown();
        const value: unknown = JSON.parse(text);
        if (response.statusCode === 200) resolve({ ok: true, value });
        else if (response.statusCode === 409)
          resolve({ ok: false, reason: (value as { reason: string }).reason });
        else resolve(null);
      });
    });
    asked.end(JSON.stringify(call));
  });
}
