import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const WAIT_SECONDS = 180;

/** The first worker that asks makes it, the others of this run wait for it: what takes long is done once per server. */
export async function madeOnce<T>(name: string, make: () => Promise<T>): Promise<T> {
  const folder = join(process.env.ASSAY_E2E_DATA_DIR ?? tmpdir(), "made-once");
  const file = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  if (takeLock(join(folder, name))) {
    const made = await make();
    writeFileSync(`${file}.draft`, JSON.stringify(made));
    renameSync(`${file}.draft`, file);
    return made;
  }
  for (let waited = 0; !existsSync(file); waited += 0.2) {
    if (waited > WAIT_SECONDS) throw new Error(`Another worker began to make "${name}" and did not finish.`);
    await pause(200);
  }
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
