import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { env } from "./env";

const holder = globalThis as typeof globalThis & { assayMasterKey?: Buffer };

/** The key that seals recoverable secrets: ASSAY_MASTER_KEY, else made on first start and kept in a 0600 file. */
export function masterKey(): Buffer {
  holder.assayMasterKey ??= Buffer.from(env().ASSAY_MASTER_KEY ?? keptSecret("master-key"), "hex");
  return holder.assayMasterKey;
}

/** 32 random bytes as hexadecimal digits, kept under the data folder so that a restart finds the same. */
export function keptSecret(name: string): string {
  const folder = join(env().ASSAY_DATA_DIR, "secrets");
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) createOnce(file, randomBytes(32).toString("hex"));
  const value = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(value)) throw new Error(`${file} is damaged: expected 64 hexadecimal digits.`);
  return value;
}

/** The file appears whole or not at all; of several processes that start at once, the first one's value counts. */
function createOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
}
