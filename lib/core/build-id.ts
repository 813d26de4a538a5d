import { readFileSync } from "node:fs";
import { join } from "node:path";

let known: string | undefined;

/** Which build of the pages this process serves; one word for a process without built pages. */
export function buildId(): string {
  known ??= readBuildId();
  return known;
}

function readBuildId(): string {
  try {
    return readFileSync(join(process.cwd(), ".next", "BUILD_ID"), "utf8").trim();
  } catch {
    return "unbuilt";
  }
}
