import { describe, expect, it } from "vitest";
import type { OutputRecord } from "./output-record";
import { meantField, readOutputRecord } from "./read-record";
import type { ReadValue } from "./read-records";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const facts = { nowMs: NOW, recordedHistory: false };
const base = { id: "a", occurred_at: "2026-11-22T11:59:00Z", input: { text: "x" }, output: { label: "y" } };

const read = (value: unknown, more = {}): ReadValue<OutputRecord> =>
  readOutputRecord(value, { ...facts, ...more });

function accepted(value: unknown, more = {}) {
  const result = read(value, more);
  if (!result.ok) throw new Error(JSON.stringify(result.reasons));
  return result.record;
}

function reasons(value: unknown): string[] {
  const result = read(value);
  return result.ok ? [] : result.reasons.map(({ code, path }) => `${code} ${path}`);
}

describe("a whole record", () => {
  it("becomes columns, and keeps the rest", () => {
    const record = accepted({
      ...base,
      model: { name: "doc", version: "7" },
      segments: { region: " eu ", tier: 2, vip: true, none: null },
      confidence: 0.93,
      ground_truth: { label: "z" },
      phase: "pilot",
      inclusion_probability: 0.05,
      cluster: "campaign-77",
      telemetry: { latency_ms: 812 },
      links: [{ url: "https://example.org" }],
      mood: "good",
    });
    expect(record).toMatchObject({
      externalId: "a",
      phase: "PILOT",
      occurredAt: "2026-11-22T11:59:00Z",
      inputText: '{"text":"x"}',
      outputText: '{"label":"y"}',
      modelName: "doc",
      modelVersion: "7",
      confidence: 0.93,
      cluster: "campaign-77",
      sourceProbability: 0.05,
      extraText: '{"links":[{"url":"https://example.org"}],"mood":"good","telemetry":{"latency_ms":812}}',
      flags: [],
      truth: { value: { label: "z" }, text: '{"label":"z"}' },
      unexpected: ["mood"],
    });
    expect({ ...record.segments }).toEqual({ region: "eu", tier: "2", vip: "true" });
  });

  it("needs four fields, everything else is optional or null", () => {
    const nothing = {
      model: null,
      segments: null,
      confidence: null,
      ground_truth: null,
      phase: null,
      cluster: null,
    };
    expect(accepted({ ...base, ...nothing, inclusion_probability: null })).toMatchObject({
      phase: "PRODUCTION",
      modelName: null,
      confidence: null,
      cluster: null,
      sourceProbability: 1,
      truth: null,
      extraText: "{}",
      flags: [],
      unexpected: [],
    });
  });

  it("collects all reasons, not only the first", () => {
    expect(reasons({ occurred_at: "2026-02-30T00:00:00Z", segments: { a: {}, b: [] }, phase: "x" })).toEqual([
      "ENVELOPE_MISSING_ID /id",
      "ENVELOPE_BAD_TIME /occurred_at",
      "FIELD_MISSING_REQUIRED /input",
      "ENVELOPE_NO_OUTPUT /output",
      "TYPE_MISMATCH /segments/a",
      "TYPE_MISMATCH /segments/b",
      "TYPE_MISMATCH /phase",
    ]);
  });
});

describe("what is refused", () => {
  it.each([
    [[1], "TYPE_MISMATCH "],
    ["text", "TYPE_MISMATCH "],
    [null, "TYPE_MISMATCH "],
    [{ ...base, id: 7 }, "ENVELOPE_MISSING_ID /id"],
    [{ ...base, id: "" }, "ENVELOPE_MISSING_ID /id"],
    [{ ...base, id: "é".repeat(101) }, "ID_TOO_LONG /id"],
    [{ ...base, occurred_at: 1767225600 }, "ENVELOPE_BAD_TIME /occurred_at"],
    [{ ...base, occurred_at: "1970-01-01T00:00:00Z" }, "ENVELOPE_BAD_TIME /occurred_at"],
    [{ ...base, occurred_at: "9999-01-01T00:00:00Z" }, "ENVELOPE_BAD_TIME /occurred_at"],
    [{ ...base, model: "gpt" }, "TYPE_MISMATCH /model"],
    [{ ...base, model: { name: 3 } }, "TYPE_MISMATCH /model/name"],
    [{ ...base, segments: ["eu"] }, "TYPE_MISMATCH /segments"],
    [{ ...base, segments: { "": "x" } }, "TYPE_MISMATCH /segments/"],
    [{ ...base, segments: { $truth: "x" } }, "TYPE_MISMATCH /segments/$truth"],
    [{ ...base, segments: { "a/b": "x".repeat(201) } }, "VALUE_ABOVE_RANGE /segments/a~1b"],
    [{ ...base, segments: { "\u00e9": "1", "e\u0301": "2" } }, "DUPLICATE_KEY /segments/e\u0301"],
    [
      { ...base, segments: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`s${n}`, 1])) },
      "VALUE_ABOVE_RANGE /segments",
    ],
    [{ ...base, inclusion_probability: 0 }, "VALUE_BELOW_RANGE /inclusion_probability"],
    [{ ...base, inclusion_probability: 1.01 }, "VALUE_ABOVE_RANGE /inclusion_probability"],
    [{ ...base, inclusion_probability: "1" }, "TYPE_MISMATCH /inclusion_probability"],
    [{ ...base, cluster: 5 }, "TYPE_MISMATCH /cluster"],
    [{ ...base, phase: "PILOT" }, "TYPE_MISMATCH /phase"],
  ])("%j", (value, expected) => {
    expect(reasons(value)).toEqual([expected]);
  });

  it("says which field was meant", () => {
    const { occurred_at: _, ...rest } = base;
    const result = read({ ...rest, occurredAt: "2026-11-22T11:59:00Z" });
    expect(result.ok ? "" : result.reasons[0]?.expected).toContain(
      "did you mean occurred_at instead of occurredAt?",
    );
    expect(meantField("GroundTruth")).toBe("ground_truth");
    expect(meantField("inclusion-probability")).toBe("inclusion_probability");
    expect(meantField("mood")).toBeUndefined();
  });
});

describe("what is flagged", () => {
  it.each([
    [{ ...base, occurred_at: "2026-11-22T12:10:00.001Z" }, ["TIME_FUTURE"]],
    [{ ...base, occurred_at: "2026-11-22T12:10:00Z" }, []],
    [{ ...base, occurred_at: "2026-08-24T11:59:59.999Z" }, ["TIME_STALE"]],
    [{ ...base, occurred_at: "2026-08-24T12:00:00Z" }, []],
    [{ ...base, confidence: 1.2 }, ["CONFIDENCE_OUT_OF_RANGE"]],
    [{ ...base, confidence: "0.9" }, ["CONFIDENCE_OUT_OF_RANGE"]],
    [{ ...base, input: null, output: null }, ["FIELD_NULL_REQUIRED"]],
  ])("%j", (value, flags) => {
    expect(accepted(value).flags).toEqual(flags);
  });

  it("keeps a confidence that counts for nothing", () => {
    expect(accepted({ ...base, confidence: 1.2 })).toMatchObject({
      confidence: null,
      extraText: '{"confidence":1.2}',
    });
  });

  it("no recorded output for its age", () => {
    const old = { ...base, occurred_at: "2019-01-01T00:00:00Z" };
    expect(accepted(old, { recordedHistory: true }).flags).toEqual([]);
    expect(accepted(old).flags).toEqual(["TIME_STALE"]);
  });
});

describe("the content hash", () => {
  const hash = (value: unknown) => accepted(value).contentHash;

  it("is the same for the same record in another order and spelling", () => {
    expect(hash({ output: base.output, input: base.input, occurred_at: base.occurred_at, id: "a" })).toBe(
      hash(base),
    );
    expect(
      hash(
        JSON.parse(
          '{"id":"\\u0061","occurred_at":"2026-11-22T11:59:00Z","input":{"text":"x"},"output":{"label":"y"}}',
        ),
      ),
    ).toBe(hash(base));
  });

  it("differs when anything differs but the truth, which is kept apart", () => {
    expect(hash({ ...base, ground_truth: 1 })).toBe(hash(base));
    for (const more of [
      { id: "b" },
      { input: 1 },
      { output: 1 },
      { segments: { a: "b" } },
      { telemetry: {} },
      { occurred_at: "2026-11-22T11:59:01Z" },
    ]) {
      expect(hash({ ...base, ...more })).not.toBe(hash(base));
    }
  });

  it("keeps foreign keys out of JavaScript's own", () => {
    const record = accepted(
      JSON.parse(`{"__proto__":{"id":"evil"},"segments":{"__proto__":"s"},${JSON.stringify(base).slice(1)}`),
    );
    expect(record.extraText).toBe('{"__proto__":{"id":"evil"}}');
    expect(Object.keys(record.segments)).toEqual(["__proto__"]);
    expect({}).not.toHaveProperty("id");
  });
});
