import { expect, it } from "vitest";
import { convexLevelSet } from "./convex-level-set";

it("finds where a parabola crosses a level, and 0 and 1 where it does not", () => {
  const { low, high } = convexLevelSet((x) => ({ value: (x - 1) ** 2, slope: 2 * (x - 1) }), 4);
  expect(low).toBeCloseTo(1 / (1 + Math.exp(1)), 13);
  expect(high).toBeCloseTo(1 / (1 + Math.exp(-3)), 13);
  expect(convexLevelSet(() => ({ value: 0, slope: 0 }), 1)).toEqual({ low: 0, high: 1 });
  expect(convexLevelSet((x) => ({ value: -x, slope: -1 }), 0)).toEqual({ low: 0.5, high: 1 });
});
