import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Violation } from "./import-rules";
import { listFiles, type SourceFile } from "./source-files";

/** Every text of ours: sources, documents, settings, the lock file. */
const TEXT = /(\.(ts|tsx|mjs|css|sql|prisma|md|json|toml|yml|yaml|svg)|\.npmrc|\.env\.example|\.ci\/run)$/;

/** What may stand in no file at all, because it is true on one machine only. */
export const FILE_RULES: Record<string, { pattern: RegExp; message: string }> = {
  "no path of one machine": {
    pattern: /(?<![\w.:/-])\/(home|Users|root|tmp|work|mnt)\/[\w.-]/,
    message: "a path of somebody's machine",
  },
  "no registry by name": {
    pattern: /\bregistry\.\w+\.\w+|\bnpmjs\.|"resolved":/,
    message: "which registry serves the packages is the machine's own setting",
  },
};

export function readAllTexts(root: string): SourceFile[] {
  return listFiles(root, ".")
    .map((path) => path.slice(2))
    .filter((path) => TEXT.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export function checkFiles(files: SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    Object.entries(FILE_RULES).flatMap(([rule, { pattern, message }]) => {
      const found = pattern.exec(text);
      return found ? [{ rule, path, message: `${message} (${found[0]})` }] : [];
    }),
  );
}
