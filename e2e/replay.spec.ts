import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";
import { ADMIN } from "./people";

interface Week {
  week: string;
  estimate: number;
  low: number;
  high: number;
  n: number;
  population: number;
}
interface Result {
  project: string;
  sent: Record<string, number>;
  overall: Week[];
  segments: { attribute: string; value: string; points: Week[] }[];
}

const DAY_MS = 86_400_000;
const WEEKS = 4;
const PER_DAY = 12;
const REVIEWS_PER_WEEK = 25;
const MONDAY = Date.UTC(2026, 0, 5);

/** A pilot week and three of production; what is messy in it has to come through as it is. */
function history(): string {
  const lines = Array.from({ length: WEEKS * 7 * PER_DAY }, (_, at) => {
    const truth = at % 2 === 0 ? "order" : "invoice";
    const wrong = at % 9 === 0;
    return JSON.stringify({
      id: `h-${at} é/#?`,
      occurredAt: new Date(MONDAY + Math.floor((at * DAY_MS) / PER_DAY)).toISOString(),
      phase: at < 7 * PER_DAY ? "pilot" : "production",
      input: { text: `letter ${at} "\u{1f9fe}"`, __proto__x: null, amounts: [1e-7, at / 3] },
      output: { kind: wrong ? "reminder" : truth },
      confidence: (at % 100) / 100,
      segments: { channel: at % 3 === 0 ? "scan" : "mail" },
      groundTruth: { kind: truth },
    });
  });
  return lines.join("\n");
}

test("a recorded history is replayed, interrupted, resumed, and read back", async ({
  page,
  serverURL,
  admin,
}, info) => {
  test.skip(info.project.name === "phone", "a terminal has no size");
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "assay-replay-"));
  const file = join(folder, "history.jsonl.gz");
  writeFileSync(file, gzipSync(history()));
  const replay = (name: string, seed: string, until?: RegExp) =>
    runReplay(
      [file, "--url", serverURL, "--project", name, "--seed", seed, "--json", join(folder, "result.json")],
      folder,
      until,
    );
  const result = () => JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as Result;
  try {
    expect(await replay("Letters of January", "seed-a", /^ +2 of 4 weeks/m)).toBe("killed");
    expect(await replay("Letters of January", "seed-a")).toContain("2 weeks are done");
    const first = result();
    const all = WEEKS * 7 * PER_DAY;
    expect(first.sent.received).toBe(all);
    expect((first.sent.accepted ?? 0) + (first.sent.duplicates ?? 0)).toBe(all);
    expect(first.sent).toMatchObject({ conflicts: 0, quarantined: 0 });

    expect(first.overall.map(({ week }) => week)).toEqual(["2026-01-12", "2026-01-19", "2026-01-26"]);
    for (const { n, population, low, estimate, high } of first.overall) {
      expect(n).toBeGreaterThan(10);
      expect(population).toBe(7 * PER_DAY);
      expect(low).toBeLessThan(estimate);
      expect(high).toBeGreaterThanOrEqual(estimate);
    }
    // Each of three reviewers may judge one more when a run is killed between its review and the note of it.
    expect(reviewsOf(first)).toBeGreaterThanOrEqual(3 * REVIEWS_PER_WEEK);
    expect(reviewsOf(first)).toBeLessThanOrEqual(3 * REVIEWS_PER_WEEK + 3);
    expect(first.segments.map(({ value }) => value).sort()).toEqual(["mail", "scan"]);
    const shown = await admin.api.get<{ points: { start: string; estimate: { mean: number } }[] }>(
      `/api/v1/projects/${first.project}/accuracy?period=week&from=2026-01-05&to=2026-02-01`,
    );
    expect(shown.points.map(({ start, estimate }) => [start, estimate.mean])).toEqual(
      first.overall.map(({ week, estimate }) => [week, estimate]),
    );
    await openPage(page, `/${first.project}/input`);
    await expect(page.getByText("All accounted for")).toBeVisible();

    await replay("Without a pause", "seed-c");
    const second = result();
    expect(reviewsOf(second)).toBe(3 * REVIEWS_PER_WEEK);
    await replay("The same again", "seed-c");
    expect(rounded(result().overall)).toEqual(rounded(second.overall));
    expect(rounded(result().segments)).toEqual(rounded(second.segments));
    expect(rounded(second.overall)).not.toEqual(rounded(first.overall));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const reviewsOf = ({ overall }: Result) => overall.reduce((sum, { n }) => sum + n, 0);

/** Sums of doubles in another order differ in their last digit. */
function rounded(value: unknown): unknown {
  const round = (_: string, each: unknown) => (typeof each === "number" ? Number(each.toPrecision(9)) : each);
  return JSON.parse(JSON.stringify(value, round));
}

/** What it printed; "killed" when it was killed at the moment when `until` was printed. */
function runReplay(args: string[], folder: string, until?: RegExp): Promise<string> {
  const main = join("lib", "dev", "replay", "main.ts");
  const options = ["--reviews-per-week", String(REVIEWS_PER_WEEK)];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args, ...options], {
    env: { ...process.env, ASSAY_EMAIL: ADMIN.email, ASSAY_PASSWORD: ADMIN.password, ASSAY_DATA_DIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (until?.test(printed)) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve(printed);
      else reject(new Error(`The replay ended with ${code}:\n${printed}`));
    });
  });
}
