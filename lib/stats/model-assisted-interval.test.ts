import { expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { modelAssistedInterval } from "./model-assisted-interval";

const spread = { mean: 0.9, variance: 0.0006, kishN: 100, squaredCorrelation: 0.36 };

it("takes the smaller of what the variance and what the correlation allow", () => {
  expect(modelAssistedInterval(spread, 0.95)?.effectiveN).toBeCloseTo(150, 10);
  expect(modelAssistedInterval({ ...spread, variance: 1e-9 }, 0.95)?.effectiveN).toBeCloseTo(100 / 0.64, 10);
  expect(
    modelAssistedInterval({ ...spread, variance: 0, squaredCorrelation: 1 }, 0.95)?.effectiveN,
  ).toBeCloseTo(1000, 9);
  expect(modelAssistedInterval({ ...spread, variance: null }, 0.95)).toEqual({
    effectiveN: 100,
    ...clopperPearson(90, 100, 0.95),
  });
});

it("has no answer at the ends, unless all labels are equal", () => {
  expect(modelAssistedInterval({ ...spread, mean: 1 }, 0.95)).toBeNull();
  expect(modelAssistedInterval({ ...spread, mean: 0 }, 0.95)).toBeNull();
  expect(modelAssistedInterval({ ...spread, mean: 1, variance: null }, 0.95)).toMatchObject({ high: 1 });
});
