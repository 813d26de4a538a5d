import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { chooseRunner, giveTo } from "./postgres-account";
import { locatePostgres } from "./postgres-binaries";
import { type ClusterFolders, clusterExists, clusterFolders, createCluster } from "./postgres-cluster";
import { runningPostmaster } from "./postgres-pidfile";
import {
  boundLog,
  connectable,
  connectionUrl,
  type LaunchOptions,
  launchServer,
  stopServer,
} from "./postgres-server";
import { joinUsers, type Membership, refuseForeignUsers } from "./postgres-users";

export interface EmbeddedPostgresOptions {
  /** The folder for this cluster; made when it is missing. */
  dataDir: string;
  /** Off only for tests: what is committed is then lost when the machine stops. */
  durable?: boolean;
  /** Starts the server again, on the same port, when it died. */
  supervise?: boolean;
  log?: (message: string) => void;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  /** True when a running server was taken over, for instance after the app before us was killed. */
  adopted: boolean;
  /** The last user of the cluster stops the server; before that, only this user leaves. */
  stop(): Promise<void>;
}

const WATCH_MILLISECONDS = 500;

/** ASSAY_DATA_DIR, else `.data`, with the database's own folder in it. */
export function embeddedPostgresDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(env["ASSAY_DATA_DIR"] || ".data", "postgres");
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folders = prepareFolders(options.dataDir);
  const member = joinUsers(folders.users);
  try {
    await refuseForeignUsers(folders.users);
    const started = await adoptOrLaunch(folders, options);
    const stopWatching = watch(started.launch, member, options);
    return {
      url: connectionUrl(folders, started.launch.port),
      port: started.launch.port,
      adopted: started.adopted,
      async stop() {
        await stopWatching();
        member.leave();
        if (!member.othersRemain()) await stopServer(folders);
      },
    };
  } catch (error) {
    member.leave();
    throw error;
  }
}

function prepareFolders(dataDir: string): ClusterFolders {
  // The account that runs the server must be able to pass through, not to look around.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  return clusterFolders(realpathSync(dataDir));
}

interface Started {
  adopted: boolean;
  launch: LaunchOptions;
}

async function adoptOrLaunch(folders: ClusterFolders, options: EmbeddedPostgresOptions): Promise<Started> {
  const durable = options.durable ?? true;
  const runner = chooseRunner(locatePostgres(), folders.root);
  const running = await answering(folders);
  if (running) return { adopted: true, launch: { folders, runner, durable, port: running } };
  if (!clusterExists(folders)) {
    options.log?.("Creating the embedded database (once)");
    createCluster(folders, runner, durable);
  }
  if (!runningPostmaster(folders.data)) giveTo(runner, folders.data);
  boundLog(folders);
  const port = await launchServer({ folders, runner, durable, port: 0 });
  return { adopted: false, launch: { folders, runner, durable, port } };
}

/** A server that is alive may still be recovering from a crash, or be on its way out: wait until that is decided. */
async function answering(folders: ClusterFolders): Promise<number | null> {
  for (;;) {
    const running = runningPostmaster(folders.data);
    if (!running) return null;
    if (await connectable(folders, running.port)) return running.port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Shows that we are still here, bounds the log, and brings the server back when it died. */
function watch(
  launch: LaunchOptions,
  member: Membership,
  options: EmbeddedPostgresOptions,
): () => Promise<void> {
  let busy: Promise<void> = Promise.resolve();
  let idle = true;
  const look = async () => {
    member.touch();
    boundLog(launch.folders);
    if (!(options.supervise ?? true) || runningPostmaster(launch.folders.data)) return;
    options.log?.("The embedded database stopped unexpectedly; starting it again");
    await launchServer(launch).then(
      () => options.log?.("The embedded database runs again"),
      (error: unknown) => options.log?.(error instanceof Error ? error.message : String(error)),
    );
  };
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    busy = look().finally(() => (idle = true));
  }, WATCH_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return busy;
  };
}
