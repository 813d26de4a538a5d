import { expect, it } from "vitest";
import { estimateReading } from "./estimate-reading";

it("shows a percentage only with enough reviews and few unsure ones", () => {
  expect(estimateReading({ n: 4, unsureShare: 0.5 })).toBe("counts");
  expect(estimateReading({ n: 5, unsureShare: 0.05 })).toBe("mean");
  expect(estimateReading({ n: 5, unsureShare: 0.051 })).toBe("bounds");
});
