import fc from "fast-check";
import { expect, it } from "vitest";
import { betGrid } from "./bet-grid";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { e0: number; e1?: number[]; gridOnly?: boolean };
type Expected = { e1?: number[] };

it("matches the error rates of the reference", () => {
  let compared = 0;
  for (const { input, expected } of readVectors<Input, Expected>("e_detector", 17)) {
    const rates = expected.e1 ?? input.e1 ?? [];
    expect(rates).toHaveLength(12);
    for (const [k, rate] of betGrid(input.e0).errorRates.entries()) {
      expectClose(rate, rates[k] ?? null, 1e-12);
      compared += 1;
    }
  }
  expect(compared).toBe(17 * 12);
});

it("bets more on higher error rates and never everything", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.003, max: 0.95, noNaN: true }), (boundaryError) => {
      const { bets, errorRates } = betGrid(boundaryError);
      expect(bets).toHaveLength(12);
      for (const [k, bet] of bets.entries()) {
        expect(bet).toBeGreaterThan(bets[k - 1] ?? 0);
        expect(bet * boundaryError).toBeLessThan(1);
        expect(errorRates[k]).toBeLessThan(1);
      }
    }),
  );
});

it("refuses a boundary that leaves nothing to bet on", () => {
  for (const boundaryError of [0.0029, 0.951, 0, 1, Number.NaN])
    expect(() => betGrid(boundaryError)).toThrow("boundary error");
});
