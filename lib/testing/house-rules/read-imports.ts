import { posix } from "node:path";
import type { SourceFile } from "./source-files";

export interface Import {
  from: string;
  /** As written: `@/lib/core/env`, `./interval`, `pg`. */
  specifier: string;
  /** For our own files: where it leads, without its ending, `lib/core/env`; undefined for packages. */
  target?: string;
  names: string[];
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
}

const STATEMENT = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^"'`;]*?)\s*from\s*["']([^"']+)["']/g;
const BARE = /(?:^|\n)\s*import\s*["']([^"']+)["']/g;
const CALL = /\b(?:import|require|vi\.mock)\(\s*["']([^"']+)["']/g;

/** All imports and re-exports of a file, dynamic ones too. */
export function readImports(file: SourceFile): Import[] {
  const text = withoutComments(file.text);
  const found: Import[] = [];
  for (const [, , typeWord, clause = "", specifier = ""] of text.matchAll(STATEMENT)) {
    const names = namesOf(clause);
    const typeOnly =
      typeWord !== undefined || (names.length > 0 && names.every((name) => name.startsWith("type ")));
    found.push(describeImport(file.path, specifier, names, typeOnly));
  }
  for (const pattern of [BARE, CALL]) {
    for (const [, specifier = ""] of text.matchAll(pattern))
      found.push(describeImport(file.path, specifier, [], false));
  }
  return found;
}

function describeImport(from: string, specifier: string, names: string[], typeOnly: boolean): Import {
  const target = ownTarget(from, specifier);
  const plain = names.map((name) => name.replace(/^type /, ""));
  return { from, specifier, names: plain, typeOnly, ...(target === undefined ? {} : { target }) };
}

/** The names in `default, { a, type B as C }`; a namespace import counts as one. */
function namesOf(clause: string): string[] {
  return clause
    .replaceAll(/[{}]/g, ",")
    .split(",")
    .map((part) => part.trim().replace(/\s+as\s+\w+$/, ""))
    .filter((part) => part !== "");
}

function ownTarget(from: string, specifier: string): string | undefined {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(posix.dirname(from), specifier)
      : undefined;
  return path?.replace(/\.(ts|tsx|js|mjs)$/, "");
}

/** Whole-line and block comments; what is left is close enough to code to find imports in. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}
