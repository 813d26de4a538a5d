import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { neymanAllocation } from "./neyman-allocation";
import { type RateStratum, stratumRates } from "./stratum-rates";
import { expectClose } from "./testing/vectors";

const stratum: fc.Arbitrary<RateStratum> = fc.record({
  id: fc.string(),
  segment: fc.constantFrom("ios", "web", "tv"),
  volume: fc.integer({ min: 0, max: 100_000 }),
  errorRate: fc.double({ min: 0, max: 1, noNaN: true }),
  floor: fc.integer({ min: 1, max: 20 }),
});

describe("stratumRates", () => {
  it("draws 30 % more than planned", () => {
    const strata = [{ id: "a", segment: "ios", volume: 1000, errorRate: 0.05, floor: 5 }];
    const { rates } = stratumRates(100, strata);
    expect(rates).toHaveLength(1);
    expectClose(rates?.[0]?.rate, 0.13, 1e-12);
    expect(stratumRates(5000, strata).rates?.[0]?.rate).toBe(1);
  });

  it("caps rates at 10:1 within a segment and gives the capped reviews to its lowest strata", () => {
    const strata = [
      { id: "normal", segment: "ios", volume: 100_000, errorRate: 0.02, floor: 0 },
      { id: "flagged", segment: "ios", volume: 50, errorRate: 0.4, floor: 40 },
      { id: "other", segment: "web", volume: 100_000, errorRate: 0.02, floor: 0 },
    ];
    const before = neymanAllocation(300, strata);
    expect((before[1]?.expectedReviews ?? 0) / 50).toBeGreaterThan(
      100 * ((before[0]?.expectedReviews ?? 1) / 1e5),
    );
    const [normal, flagged, other] = stratumRates(300, strata).rates ?? [];
    expectClose((flagged?.rate ?? 0) / (normal?.rate ?? 1), 10, 1e-9);
    const planned = (before[0]?.expectedReviews ?? 0) + (before[1]?.expectedReviews ?? 0);
    expectClose((normal?.expectedReviews ?? 0) + (flagged?.expectedReviews ?? 0), planned, 1e-9);
    expectClose(other?.expectedReviews, before[2]?.expectedReviews ?? null, 1e-9);
  });

  it("keeps every rate in [0, 1], the ratio within 10 and the budget whole, whatever the strata", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(stratum, { minLength: 1 }),
        (budget, strata) => {
          const { rates, reason } = stratumRates(budget, strata);
          const volume = strata.reduce((sum, s) => sum + s.volume, 0);
          if (rates === null) {
            expect(volume).toBe(0);
            expect(reason).toBe("no-forecast");
            return;
          }
          const bySegment = new Map<string, number[]>();
          for (const [h, { rate }] of rates.entries()) {
            expect(rate).toBeGreaterThan(0);
            expect(rate).toBeLessThanOrEqual(1);
            const segment = strata[h]?.segment ?? "";
            bySegment.set(segment, [...(bySegment.get(segment) ?? []), rate]);
          }
          for (const own of bySegment.values()) {
            expect(Math.max(...own)).toBeLessThanOrEqual(10 * Math.min(...own) * (1 + 1e-9));
          }
          const planned = rates.reduce((sum, { expectedReviews }) => sum + expectedReviews, 0);
          expectClose(planned, Math.min(budget, volume), 1e-9);
        },
      ),
      { seed: 4, examples: [[1, [{ id: "", segment: "tv", volume: 0, errorRate: 0, floor: 0 }]]] },
    );
  });

  it("takes another largest ratio", () => {
    const strata = [
      { id: "normal", segment: "ios", volume: 100_000, errorRate: 0.02, floor: 0 },
      { id: "flagged", segment: "ios", volume: 50, errorRate: 0.4, floor: 40 },
    ];
    const [normal, flagged] = stratumRates(300, strata, 4).rates ?? [];
    expectClose((flagged?.rate ?? 0) / (normal?.rate ?? 1), 4, 1e-9);
    for (const bad of [0.5, Infinity, Number.NaN]) {
      expect(() => stratumRates(300, strata, bad)).toThrow("The largest ratio");
    }
  });

  it("leaves out a segment without floors when the floors of others use the whole budget", () => {
    const strata = [
      { id: "a", segment: "ios", volume: 100, errorRate: 0.1, floor: 10 },
      { id: "b", segment: "tv", volume: 100, errorRate: 0.1, floor: 0 },
    ];
    expect(stratumRates(10, strata).rates?.[1]).toEqual({ id: "b", expectedReviews: 0, rate: 0 });
  });

  it("gives a stratum without forecast the overall share, so that it is not invisible", () => {
    const strata = [
      { id: "known", segment: "ios", volume: 1000, errorRate: 0.1, floor: 0 },
      { id: "new", segment: "ios", volume: 0, errorRate: 0.1, floor: 5 },
      { id: "elsewhere", segment: "tv", volume: 0, errorRate: 0.1, floor: 5 },
    ];
    for (const { rate } of stratumRates(100, strata).rates ?? []) expectClose(rate, 0.13, 1e-9);
    expect(stratumRates(100, strata.slice(1))).toEqual({ rates: null, reason: "no-forecast" });
  });
});
