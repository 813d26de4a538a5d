import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betGrid } from "./bet-grid";
import { type DetectorState, newDetectorState, openDetector } from "./e-detector";
import { logMeanExp } from "./log-mean-exp";
import { expectClose, readVectors } from "./testing/vectors";

type Input = {
  e0: number;
  method?: string;
  d?: number[];
  w?: number[];
  logThreshold?: number;
  gridOnly?: boolean;
};
type Expected = { log?: number[]; alarmIndex?: number | null; changeStartIndex?: number | null };

const stream = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
    ),
    fc.constantFrom(1, 0.5, 0.1),
  ),
  { maxLength: 300 },
);
const boundary = fc.double({ min: 0.003, max: 0.95, noNaN: true });

/** The algorithm as published, all in logarithms. */
function publishedLogs(
  boundaryError: number,
  observations: readonly (readonly [number, number])[],
): number[] {
  const { bets } = betGrid(boundaryError);
  const logs = bets.map(() => -Infinity);
  return observations.map(([error, weight]) => {
    for (const [k, bet] of bets.entries()) {
      const before = logs[k] ?? 0;
      const grown = before > 35 ? before : Math.log1p(Math.exp(before));
      logs[k] = grown + Math.log1p(bet * weight * (error - boundaryError));
    }
    return logMeanExp(logs);
  });
}

describe("openDetector", () => {
  it("matches the authors' implementation: evidence, alarm and start of the change, and its CUSUM", () => {
    const compared = { sums: 0, cusums: 0, alarms: 0 };
    for (const { input, expected, tolerance } of readVectors<Input, Expected>("e_detector", 17)) {
      if (input.gridOnly === true) continue;
      const detector = openDetector(input.e0);
      const { log: logs = [], alarmIndex, changeStartIndex } = expected;
      let alarm: number | null = null;
      let start: number | null = null;
      expect(logs).toHaveLength(input.d?.length ?? 0);
      for (const [i, error] of (input.d ?? []).entries()) {
        const evidence = detector.step(error, input.w?.[i] ?? 1);
        const isCusum = input.method === "CU";
        expectClose(isCusum ? logMeanExp(detector.state().cusums) : evidence, logs[i] ?? null, tolerance);
        compared[isCusum ? "cusums" : "sums"] += 1;
        if (alarm === null && evidence >= (input.logThreshold ?? Infinity)) {
          alarm = i;
          start = detector.changeStart();
        }
      }
      if (alarmIndex === undefined) continue;
      expect([alarm, start]).toEqual([alarmIndex, changeStartIndex]);
      compared.alarms += 1;
    }
    expect(compared).toEqual({ sums: 1130, cusums: 1080, alarms: 7 });
  });

  it("equals the published algorithm in logarithms", () => {
    fc.assert(
      fc.property(stream, boundary, (observations, boundaryError) => {
        const expected = publishedLogs(boundaryError, observations);
        const detector = openDetector(boundaryError);
        for (const [i, [error, weight]] of observations.entries())
          expectClose(detector.step(error, weight), expected[i] ?? null, 1e-10);
      }),
    );
  });

  it("continues from a state that went through JSON as if it had never stopped", () => {
    fc.assert(
      fc.property(stream, boundary, fc.nat(300), (observations, boundaryError, cut) => {
        const whole = openDetector(boundaryError);
        const first = openDetector(boundaryError);
        for (const [error, weight] of observations.slice(0, cut)) first.step(error, weight);
        const saved = JSON.parse(JSON.stringify(first.state())) as DetectorState;
        expect(saved).toEqual(first.state());
        const second = openDetector(boundaryError, saved);
        for (const [i, [error, weight]] of observations.entries()) {
          const evidence = whole.step(error, weight);
          if (i < cut) continue;
          expectClose(second.step(error, weight), evidence, 1e-12);
        }
        expect(second.observations()).toBe(observations.length);
        expect(second.state().starts).toEqual(whole.state().starts);
        expect(second.changeStart()).toBe(whole.changeStart());
      }),
    );
  });

  it("never grows by a right output, and by a wrong one at most as much as its heaviest", () => {
    fc.assert(
      fc.property(stream, boundary, (observations, boundaryError) => {
        const after = (error: number, weight: number) => {
          const detector = openDetector(boundaryError);
          for (const [d, w] of observations) detector.step(d, w);
          return detector.step(error, weight);
        };
        const right = after(0, 1);
        const wrong = after(1, 1);
        expect(Number.isFinite(right) && Number.isFinite(wrong)).toBe(true);
        expect(after(0.5, 1)).toBeGreaterThanOrEqual(right);
        expect(wrong).toBeGreaterThanOrEqual(after(0.5, 1));
        expect(wrong).toBeGreaterThanOrEqual(after(1, 0.5));
        expect(after(0, 0.5)).toBeGreaterThanOrEqual(right);
      }),
    );
  });

  it("counts on from an offset, and dates the change by it", () => {
    const detector = openDetector(0.05, { ...newDetectorState(), observations: 1000 });
    expect(detector.changeStart()).toBe(1000);
    for (let i = 0; i < 100; i += 1) detector.step(0, 1);
    for (let i = 0; i < 10; i += 1) detector.step(1, 1);
    expect(detector.observations()).toBe(1110);
    expect(detector.changeStart()).toBe(1100);
  });

  it("stays finite when nobody stops it", () => {
    const detector = openDetector(0.003);
    let evidence = 0;
    for (let i = 0; i < 2000; i += 1) evidence = detector.step(1, 1);
    expect(evidence).toBeCloseTo(Math.log(1e290), 6);
    expect(openDetector(0.003, detector.state()).step(0, 1)).toBeLessThan(evidence);
    expect(JSON.stringify(detector.state().cusums)).not.toContain("null");
  });

  it("refuses impossible observations and states", () => {
    const { step, observations } = openDetector(0.05);
    for (const [error, weight] of [
      [-0.1, 1],
      [1.1, 1],
      [Number.NaN, 1],
      [0, 0],
      [0, 1.1],
      [0, Number.NaN],
    ] as const)
      expect(() => step(error, weight)).toThrow("An observation");
    expect(observations()).toBe(0);
    const good = newDetectorState();
    for (const bad of [
      { ...good, logSums: [0] },
      { ...good, cusums: good.cusums.map(() => 3) },
      { ...good, starts: good.starts.map(() => 1) },
      { ...good, logSums: good.logSums.map(() => Number.NaN) },
      { ...good, observations: -1 },
      { ...good, observations: 0.5 },
    ])
      expect(() => openDetector(0.05, bad)).toThrow("The detector's state");
    expect(() => openDetector(0)).toThrow("boundary error");
  });
});
