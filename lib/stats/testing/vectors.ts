import { readFileSync } from "node:fs";
import { expect } from "vitest";

export type VectorCase<Input, Expected> = {
  input: Input;
  expected: Expected;
  tolerance: number;
  note?: string;
};

/** Reference values computed with R, SciPy and statsmodels; fails when the file holds fewer cases than it should. */
export function readVectors<Input, Expected>(name: string, count: number): VectorCase<Input, Expected>[] {
  const path = new URL(`../vectors/${name}.json`, import.meta.url);
  const file = JSON.parse(readFileSync(path, "utf8")) as { cases: VectorCase<Input, Expected>[] };
  expect(file.cases).toHaveLength(count);
  return file.cases;
}

/** |got − expected| ≤ tolerance · (1 + |expected|), and null exactly where null is expected. */
export function expectClose(
  got: number | null | undefined,
  expected: number | null,
  tolerance: number,
): void {
  if (expected === null || got === null || got === undefined) {
    expect(got).toBe(expected);
    return;
  }
  expect(Math.abs(got - expected), `${got} for ${expected}`).toBeLessThanOrEqual(
    tolerance * (1 + Math.abs(expected)),
  );
}
