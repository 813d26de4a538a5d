import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { BacktestResult } from "@/lib/backtest/schema";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, type RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { backtestRecords, type RecordBacktestOptions } from "./backtest-records";
import { backtestOptions, DEFAULT_BACKTEST } from "./options";
import { resultText } from "./result-text";

vi.setConfig({ testTimeout: 240_000 });

const run = { signal: new AbortController().signal, progress: () => undefined };

function options(changes: Partial<RecordBacktestOptions> = {}): RecordBacktestOptions {
  return { ...DEFAULT_BACKTEST, draws: 8, ...changes };
}

/** Two weeks of pilot and six of production; every other output of "b" is wrong in the last three. */
function records(): RecordedOutput[] {
  return Array.from({ length: 56 * 40 }, (_, at) => {
    const day = Math.floor(at / 40);
    const wrong = at % 20 === 7 || (day >= 35 && at % 4 === 1);
    return {
      id: `r ${at}`,
      occurredAt: new Date(Date.UTC(2026, 0, 5 + day, at % 24)).toISOString(),
      phase: day < 14 ? ("pilot" as const) : ("production" as const),
      input: { group: `g ${Math.floor(at / 4)}` },
      output: { label: "x" },
      groundTruth: at === 3 ? null : { label: wrong ? "y" : "x" },
      segments: { kind: at % 2 === 1 ? "b" : "a" },
    };
  }).sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
}

const alarmsOf = ({ segments, budgets }: BacktestResult, value: string) =>
  budgets[0]?.segments[segments.findIndex((segment) => segment.value === value)];

describe("made-up records", () => {
  test("are judged, replayed and told in plain words", async () => {
    const { result, settings } = await backtestRecords(records(), options(), run);
    expect(settings).toMatchObject({ attributes: ["kind"], draws: 8, budgets: [100] });
    expect(result.history).toMatchObject({ outputs: 2_240, pilot_outputs: 560, unknown: 1, clusters: 0 });
    expect(alarmsOf(result, "b")?.alarmed).toBe(8);
    expect(alarmsOf(result, "a")?.alarmed).toBe(0);
    const text = resultText(result, 0.5);
    expect(text).toContain("replayed 8 times");
    expect(text).toMatch(/The loss in kind b \(\d\d\.\d % right\) would have been noticed in all of 8 draws/);
    expect(text).toMatch(/\nkind a .* 0\.0 % +– /);
  });

  test("can be told which outputs belong together", async () => {
    const { result } = await backtestRecords(records(), options({ cluster: "group" }), run);
    expect(result.history.clusters).toBe(560);
    expect(result.budgets[0]?.no_loss_otherwise?.clusters_declared).toBe(false);
    await expect(backtestRecords(records(), options({ cluster: "missing" }), run)).rejects.toThrow(
      "has no field missing",
    );
  });

  test("need labels and known attributes", async () => {
    await expect(backtestRecords(records().slice(0, 200), options(), run)).rejects.toThrow("needs 300");
    await expect(backtestRecords(records(), options({ watch: ["size"] }), run)).rejects.toThrow(
      "No output carries size",
    );
  });
});

test("the command line says what is wrong with it", () => {
  expect(backtestOptions(["f.jsonl"])).toMatchObject(DEFAULT_BACKTEST);
  expect(backtestOptions(["f.jsonl", "--reviews-per-week", "50,100", "--no-cluster"])).toMatchObject({
    budgets: [50, 100],
    cluster: null,
    draws: 200,
  });
  expect(() => backtestOptions([])).toThrow("Name one file");
  expect(() => backtestOptions(["f", "--draws", "0"])).toThrow("--draws 0");
  expect(() => backtestOptions(["f", "--reviews-per-week", "many"])).toThrow("--reviews-per-week many");
  expect(() => backtestOptions(["f", "--floor", "90"])).toThrow("--floor 90");
  expect(() => backtestOptions(["f", "--accepted", "0"])).toThrow("--accepted 0");
});

const present = hasRecordedSets();
if (!present) report(`recorded sets are not replayed: there are none in ${recordedFolder()}`);

describe.skipIf(!present)("recorded sets", () => {
  const read = (name: string) => readRecordedStream(join(recordedFolder(), name, "records.jsonl.gz"));

  test("the losses of two makers are noticed in every draw, those of three others in none of eight", async () => {
    const { result } = await backtestRecords(await read("nhtsa-recall-documents"), options(), run);
    expect(alarmsOf(result, "Honda")?.alarmed).toBe(8);
    expect(alarmsOf(result, "JLR")?.alarmed).toBe(8);
    for (const value of ["Ford", "Stellantis", "VW"])
      expect(alarmsOf(result, value)?.alarmed).toBeLessThanOrEqual(1);
    expect(result.budgets[0]?.no_loss.per_year.low).toBeLessThanOrEqual(0.5);
    report(`nhtsa: Honda by the week of ${alarmsOf(result, "Honda")?.week?.p50} in half of 8 draws`);
  });

  test("a model that halves is noticed within its first bad weeks", async () => {
    expect(existsSync(join(recordedFolder(), "bank-marketing"))).toBe(true);
    const { result } = await backtestRecords(await read("bank-marketing"), options(), run);
    const whole = alarmsOf(result, "");
    expect(whole?.alarmed).toBe(8);
    expect(whole?.week?.p90 && whole.week.p90 <= "2026-04-13").toBe(true);
  });
});
