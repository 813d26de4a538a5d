import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkFiles, readAllTexts } from "./file-rules";
import { findCycle } from "./import-graph";
import { checkImports, type Violation } from "./import-rules";
import { type Import, readImports } from "./read-imports";
import { listFiles, readSources, type SourceFile } from "./source-files";
import { checkNames, checkTexts } from "./text-rules";

export interface ProjectCheck {
  files: SourceFile[];
  texts: SourceFile[];
  imports: Import[];
  violations: Violation[];
}

/** The rules and their planted violations spell out what they forbid. */
const OWN = "lib/testing/house-rules";
const RESERVED = ["proxy.ts", "proxy.js", "middleware.ts", "middleware.js", "pages"];

/** Looks at every source of the project below `root`. */
export function checkProject(root: string): ProjectCheck {
  const files = readSources(root);
  const texts = readAllTexts(root);
  const imports = files.flatMap(readImports);
  const cycle = findCycle(imports);
  const paths = [
    ...files.map(({ path }) => path),
    ...RESERVED.filter((name) => existsSync(join(root, name))),
    ...listFiles(root, "pages"),
  ];
  const violations = [
    ...checkImports(imports),
    ...checkTexts(files.filter(({ path }) => !path.startsWith(OWN))),
    ...checkFiles(texts.filter(({ path }) => !path.startsWith(OWN))),
    ...checkNames([...new Set(paths)]),
    ...(cycle ? [{ rule: "no import cycles", path: cycle[0] ?? "", message: cycle.join(" → ") }] : []),
  ];
  return { files, texts, imports, violations };
}
