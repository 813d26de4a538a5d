import { expect, it } from "vitest";
import { oversamplingDesignEffect } from "./oversampling-design-effect";

it("gives the worked costs", () => {
  expect(oversamplingDesignEffect(0.15, 5)).toBeCloseTo(1.408, 12);
  expect(oversamplingDesignEffect(0.05, 5)).toBeCloseTo(1.152, 12);
  expect(oversamplingDesignEffect(0.05, 10)).toBeCloseTo(1.38475, 12);
  expect(oversamplingDesignEffect(0.05, 20)).toBeCloseTo(1.857375, 12);
  expect(oversamplingDesignEffect(0.3, 1)).toBe(1);
  expect(oversamplingDesignEffect(0, 10)).toBe(1);
});

it("refuses impossible arguments", () => {
  expect(() => oversamplingDesignEffect(1.2, 2)).toThrow("The share");
  expect(() => oversamplingDesignEffect(0.2, 0)).toThrow("The factor");
});
