import type { Import } from "./read-imports";
import type { SourceFile } from "./source-files";

/** First-party files that run when `entry` runs: reachable by imports that are more than types. */
export function reachableFiles(entry: string, imports: Import[]): string[] {
  const edges = valueEdges(imports);
  const seen = new Set([entry]);
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const next of edges.get(file) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return [...seen].sort();
}

/** One cycle of value imports, as its files in order, or null. */
export function findCycle(imports: Import[]): string[] | null {
  const edges = valueEdges(imports);
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] | null => {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (done.has(file)) return null;
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}

export function countLines(paths: string[], files: SourceFile[]): number {
  const wanted = new Set(paths);
  return files
    .filter(({ path }) => wanted.has(withoutEnding(path)))
    .reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
}

function valueEdges(imports: Import[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, target, typeOnly } of imports) {
    if (!target || typeOnly || target.startsWith("lib/db/generated")) continue;
    const file = withoutEnding(from);
    edges.set(file, (edges.get(file) ?? new Set()).add(target));
  }
  return edges;
}

function withoutEnding(path: string): string {
  return path.replace(/\.tsx?$/, "");
}
