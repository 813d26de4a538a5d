import { expect, it } from "vitest";
import { normalQuantile } from "./normal-quantile";

it("matches R qnorm in all three zones", () => {
  for (const [probability, z] of [
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.001, -3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-20, -9.262340089798409],
  ] as const) {
    expect(Math.abs(normalQuantile(probability) - z)).toBeLessThanOrEqual(1e-14 * (1 + Math.abs(z)));
  }
});

it("is odd around one half and refuses 0 and 1", () => {
  expect(normalQuantile(0.25)).toBe(-normalQuantile(0.75));
  for (const bad of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(bad)).toThrow(RangeError);
});
