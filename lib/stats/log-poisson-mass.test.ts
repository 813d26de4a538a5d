import { describe, expect, it } from "vitest";
import { deviance } from "./deviance";
import { logPoissonMass } from "./log-poisson-mass";

describe("logPoissonMass", () => {
  it("gives the probabilities of counts, which add up to 1", () => {
    for (const mean of [0.01, 1, 7.3, 400]) {
      let sum = 0;
      for (let k = 0; k < 1000; k += 1) sum += Math.exp(logPoissonMass(k, mean));
      expect(sum).toBeCloseTo(1, 12);
    }
    expect(logPoissonMass(2, 1)).toBeCloseTo(-1 - Math.log(2), 14);
  });

  it("knows that a mean of 0 allows only the count 0", () => {
    expect(logPoissonMass(0, 0)).toBeCloseTo(0, 15);
    expect(logPoissonMass(3, 0)).toBe(-Infinity);
  });

  it("refuses impossible arguments", () => {
    for (const bad of [-1, Infinity, Number.NaN]) {
      expect(() => logPoissonMass(bad, 1)).toThrow("The count");
      expect(() => logPoissonMass(1, bad)).toThrow("The mean");
    }
  });
});

describe("deviance", () => {
  it("keeps its digits close to the mean, where the plain formula cancels", () => {
    // x = m (1 + h): x ln(1 + h) − m h = m (h²/2 − h³/6 + h⁴/12 − …)
    for (const h of [1e-7, -1e-5, 1e-3]) {
      const exact = 1000 * h * h * (1 / 2 - h / 6 + (h * h) / 12 - h ** 3 / 20);
      expect(Math.abs(deviance(1000 * (1 + h), 1000) / exact - 1)).toBeLessThan(1e-8);
    }
    expect(deviance(5, 5)).toBe(0);
    expect(deviance(1, 0)).toBe(Infinity);
  });

  it("refuses what is not positive and finite", () => {
    for (const bad of [0, -1, Infinity, Number.NaN]) expect(() => deviance(bad, 1)).toThrow(RangeError);
    expect(() => deviance(1, -1)).toThrow(RangeError);
  });
});
