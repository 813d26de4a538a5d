import { describe, expect, it } from "vitest";

import { demoReleaseInstant, demoStream } from "./demo-stream";

const now = new Date("2026-11-22T10:00:00Z");

describe("demoStream", () => {
  const outputs = demoStream(now, 7);
  const share = (chosen: typeof outputs) =>
    chosen.filter((each) => each.record.output.label === each.truth).length / chosen.length;
  const released = demoReleaseInstant(now).toISOString();

  it("ends before today, in order, with unique ids", () => {
    const times = outputs.map((each) => each.record.occurred_at);
    expect(times.at(-1)?.slice(0, 10)).toBe("2026-11-21");
    expect([...times].sort()).toEqual(times);
    expect(new Set(outputs.map((each) => each.record.id)).size).toBe(outputs.length);
    expect(outputs.length).toBeGreaterThan(7_000);
  });

  it("gets worse only in scanned mail from the EU after the release, with the same confidence", () => {
    const scanEu = outputs.filter(
      (each) => each.record.segments.channel === "scan" && each.record.segments.region === "EU",
    );
    const before = scanEu.filter((each) => each.record.occurred_at < released);
    const after = scanEu.filter((each) => each.record.occurred_at >= released);
    expect(share(before)).toBeGreaterThan(0.88);
    expect(share(after)).toBeLessThan(0.68);
    const rest = outputs.filter((each) => each.record.occurred_at >= released && !after.includes(each));
    expect(share(rest)).toBeGreaterThan(0.92);
    const confidence = (chosen: typeof outputs) =>
      chosen.reduce((sum, each) => sum + each.record.confidence, 0) / chosen.length;
    expect(Math.abs(confidence(before) - confidence(after))).toBeLessThan(0.01);
  });

  it("knows the truth of the pilot only", () => {
    expect(outputs.every((each) => (each.record.phase === "pilot") === "ground_truth" in each.record)).toBe(
      true,
    );
  });

  it("is the same for the same seed", () => {
    expect(demoStream(now, 7)).toEqual(outputs);
    expect(demoStream(now, 8)).not.toEqual(outputs);
  });
});
