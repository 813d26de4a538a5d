import { describe, expect, it } from "vitest";

import { recordedAnswer, recordedDefinition, recordedRule } from "./recorded-rule";
import type { RecordedOutput } from "./recorded-stream";

const record = (output: unknown, groundTruth: unknown): RecordedOutput => ({
  id: "1",
  occurredAt: "2026-01-05T00:00:00Z",
  phase: "production",
  input: {},
  output,
  segments: {},
  groundTruth,
});

describe("recordedRule", () => {
  it("finds the shared field, past records without truth", () => {
    const labels = [record({ label: "no" }, null), record({ label: "no", score: 1 }, { label: "yes" })];
    expect(recordedRule(labels)).toEqual({ kind: "equal", field: "label" });
    const prices = [record({ priceAud: 410 }, { priceAud: 129, priceRaw: "$129.00" })];
    expect(recordedRule(prices)).toEqual({ kind: "within", field: "priceAud", relative: 0.3 });
  });

  it("takes a rule as text and refuses what is none", () => {
    expect(recordedRule([], "within:total:0.05")).toEqual({ kind: "within", field: "total", relative: 0.05 });
    expect(recordedRule([], "equal:kind")).toEqual({ kind: "equal", field: "kind" });
    for (const text of ["within:total", "within:total:-1", "same:kind", "equal", "equal:a:b"]) {
      expect(() => recordedRule([], text)).toThrow(`--rule ${text}`);
    }
    expect(() => recordedRule([record("text", { label: "a" })])).toThrow("share no field");
  });
});

describe("recordedDefinition and recordedAnswer", () => {
  it("makes a category of few labels, a text of many, a number with tolerance", () => {
    const few = [record({ label: "b" }, { label: "a_c" })];
    const rule = { kind: "equal", field: "label" } as const;
    expect(recordedDefinition(rule, few).fields[0]).toMatchObject({
      type: "category",
      options: [
        { value: "a_c", label: "a c" },
        { value: "b", label: "b" },
      ],
    });
    const many = Array.from({ length: 50 }, (_, index) =>
      record({ label: `${index}` }, { label: `${index}` }),
    );
    expect(recordedDefinition(rule, many).fields[0]).toMatchObject({ type: "text", output_path: "/label" });
    const price = { kind: "within", field: "price AUD", relative: 0.3 } as const;
    expect(recordedDefinition(price, []).fields[0]).toMatchObject({
      key: "price_AUD",
      type: "number",
      tolerance: { relative: 0.3 },
    });
    expect(recordedAnswer(price, { "price AUD": 12 })).toEqual({ price_AUD: 12 });
  });

  it("cannot judge what has no truth", () => {
    const rule = { kind: "equal", field: "label" } as const;
    for (const truth of [null, undefined, {}, { label: null }, "yes"])
      expect(recordedAnswer(rule, truth)).toBeNull();
  });
});
