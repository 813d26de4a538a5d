import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

import { outputBody, readRecordedStream, recordedWeeks, weekStart } from "./recorded-stream";

const record = (id: string, occurredAt: string, over: object = {}) => ({
  id,
  occurredAt,
  phase: "production",
  input: { a: 1 },
  output: { label: "x" },
  confidence: 0.5,
  segments: { area: "north" },
  groundTruth: { label: "x" },
  ...over,
});

async function fileOf(name: string, lines: unknown[], compressed = false) {
  const file = join(await mkdtemp(join(tmpdir(), "assay-replay-")), name);
  const text = lines.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");
  await writeFile(file, compressed ? gzipSync(text) : text);
  return file;
}

describe("readRecordedStream", () => {
  it("reads plain and compressed files alike", async () => {
    const lines = [
      record("1", "2026-01-05T00:00:00Z"),
      record("2", "2026-01-12T00:00:00Z", { confidence: null }),
    ];
    const plain = await readRecordedStream(await fileOf("a.jsonl", lines));
    expect(plain).toHaveLength(2);
    expect(await readRecordedStream(await fileOf("a.jsonl.gz", lines, true))).toEqual(plain);
  });

  it("names the line that is wrong", async () => {
    const good = record("1", "2026-01-05T00:00:00Z");
    await expect(readRecordedStream(await fileOf("a.jsonl", [good, "{"]))).rejects.toThrow(
      "Line 2 is not JSON",
    );
    await expect(
      readRecordedStream(await fileOf("a.jsonl", [{ ...good, occurredAt: "soon" }])),
    ).rejects.toThrow("Line 1: occurredAt");
    const earlier = record("2", "2026-01-04T00:00:00Z");
    await expect(readRecordedStream(await fileOf("a.jsonl", [good, earlier]))).rejects.toThrow(
      "happened before",
    );
    await expect(readRecordedStream(await fileOf("a.jsonl", [""]))).rejects.toThrow("no records");
  });
});

describe("recordedWeeks", () => {
  it("cuts on Monday, UTC, and leaves empty weeks out", async () => {
    expect(weekStart("2026-01-11T23:59:59.999Z")).toBe("2026-01-05");
    expect(weekStart("2026-01-12T00:00:00.000Z")).toBe("2026-01-12");
    const lines = ["2026-01-05T00:00:00Z", "2026-01-11T23:00:00Z", "2026-01-26T00:00:00Z"];
    const records = await readRecordedStream(
      await fileOf(
        "a.jsonl",
        lines.map((at, i) => record(`${i}`, at)),
      ),
    );
    expect(recordedWeeks(records).map((week) => [week.start, week.records.length])).toEqual([
      ["2026-01-05", 2],
      ["2026-01-26", 1],
    ]);
  });
});

describe("outputBody", () => {
  it("sends truth with the pilot and never with production", async () => {
    const [pilot, production, unknown] = await readRecordedStream(
      await fileOf("a.jsonl", [
        record("1", "2026-01-05T00:00:00Z", { phase: "pilot" }),
        record("2", "2026-01-06T00:00:00Z", { cluster: "c" }),
        record("3", "2026-01-07T00:00:00Z", { phase: "pilot", groundTruth: null }),
      ]),
    );
    if (!pilot || !production || !unknown) throw new Error("three records expected");
    expect(outputBody(pilot)).toMatchObject({ phase: "pilot", ground_truth: { label: "x" } });
    expect(outputBody(production)).not.toHaveProperty("ground_truth");
    expect(outputBody(production)).toMatchObject({ cluster: "c", occurred_at: "2026-01-06T00:00:00Z" });
    expect(outputBody(unknown)).not.toHaveProperty("ground_truth");
  });
});
