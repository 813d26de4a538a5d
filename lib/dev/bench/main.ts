import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

import type { BenchSection } from "./section";

/** Loaded one by one, so that `npm run bench -- review` starts nothing else. */
const SECTIONS: Record<string, () => Promise<BenchSection | BenchSection[]>> = {
  ingest: async () => (await import("./ingest")).benchIngest(),
  boundary: async () => (await import("./boundary")).benchBoundary(),
  recorded: async () => (await import("./recorded")).benchRecorded(),
  accuracy: async () => (await import("./accuracy-page")).benchAccuracyPage(),
  pages: async () => (await import("./pages")).benchPages(),
  worst: async () => (await import("./worst-segments")).benchWorstSegments(),
  coverage: async () => (await import("./coverage")).benchCoverage(),
  backtest: async () => (await import("./backtest")).benchBacktest(),
  review: async () => (await import("./review")).benchReview(),
  "review-screen": async () => (await import("./review-screen")).benchReviewScreen(),
  "review-storm": async () => (await import("./review-storm")).benchReviewStorm(),
  monitor: async () => (await import("./monitor")).benchMonitor(),
  detection: async () => (await import("./detection")).benchDetection(),
  drift: async () => (await import("./drift")).benchDrift(),
  "page-load": async () => (await import("./page-vitals")).benchPageVitals(),
  "outputs-page": async () => (await import("./outputs-page")).benchOutputsPage(),
};

const FILE = "docs/benchmarks.md";

/** Answers what missed its aim. */
async function main(): Promise<string[]> {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) {
    throw new Error(
      `Unknown benchmark ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}.`,
    );
  }
  // A name stands for its parts too: review for review-screen and review-storm.
  const chosen = Object.keys(SECTIONS).filter(
    (section) =>
      names.length === 0 || names.some((name) => section === name || section.startsWith(`${name}-`)),
  );
  const kept = readSections();
  const missed: string[] = [];
  for (const name of chosen) {
    process.stdout.write(`\nMeasuring ${name} …\n`);
    const sections = [(await SECTIONS[name]?.()) ?? []].flat();
    if (sections.length === 0) continue;
    missed.push(...sections.flatMap((section) => section.missed ?? []));
    const text = sections.map(markdown).join("\n\n");
    process.stdout.write(`${text}\n`);
    kept.set(name, `<!-- ${name} -->\n${text}\n\nMeasured ${stamp()}.\n`);
  }
  const order = Object.keys(SECTIONS).filter((name) => kept.has(name));
  mkdirSync("docs", { recursive: true });
  writeFileSync(FILE, `${HEAD}\n${order.map((name) => kept.get(name)).join("\n")}`);
  process.stdout.write(`\nWritten to ${FILE}.\n`);
  return missed;
}

const HEAD = `# Benchmarks

Written by \`npm run bench\` (one section: \`npm run bench -- ingest\`). Every figure is a ratio to a named limit measured in the same run
on the same machine; absolute figures are shown for scale only.
`;

function stamp(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day} at commit ${commit}, Node ${process.versions.node}, ${availableParallelism()} cores, ${memory} GiB`;
}

/** The sections that an earlier run wrote, so that one can be measured again alone. */
function readSections(): Map<string, string> {
  let text = "";
  try {
    text = readFileSync(FILE, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const parts = text.split(/^(?=<!-- [a-z-]+ -->$)/m).filter((part) => part.startsWith("<!-- "));
  return new Map(parts.map((part) => [part.slice(5, part.indexOf(" -->")), `${part.trimEnd()}\n`]));
}

function markdown(section: BenchSection): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${section.title}`,
    "",
    section.note,
    "",
    line(section.columns),
    line(section.columns.map(() => "---")),
    ...section.rows.map(line),
  ].join("\n");
}

main().then(
  (missed) => {
    for (const each of missed) process.stdout.write(`✗ ${each}\n`);
    return process.exit(missed.length === 0 ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
