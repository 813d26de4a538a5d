import fc from "fast-check";
import type { WeightClass } from "@/lib/stats/evidence-from-counts";

/** Up to 8 classes of weights down to 0.01, right, wrong and graded errors, whole and fractional counts. */
export const weightClasses: fc.Arbitrary<WeightClass[]> = fc.array(
  fc.record({
    weight: fc.oneof(
      fc.constant(1),
      fc.integer({ min: 1, max: 100 }).map((k) => k / 100),
    ),
    error: fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
    ),
    count: fc.oneof(
      fc.nat(300),
      fc.integer({ min: 0, max: 5000 }).map((k) => k / 10),
    ),
  }),
  { maxLength: 8 },
);
