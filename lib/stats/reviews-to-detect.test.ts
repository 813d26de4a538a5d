import fc from "fast-check";
import { expect, it } from "vitest";
import { reviewsToDetect, smallestFindableDrop } from "./reviews-to-detect";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { boundaryAccuracy: number; accuracyAfter: number; A: number };
type Expected = { kl: number; meanReviews: number; reviews80: number; lordenBound: number };

it("matches the divergence of scipy and the formula", () => {
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("planner", 6)) {
    const { boundaryAccuracy: boundary, accuracyAfter, A: threshold } = input;
    const got = reviewsToDetect({ boundary, accuracyAfter, threshold });
    expectClose(got.divergence, expected.kl, tolerance);
    expectClose(got.mean, expected.meanReviews, tolerance);
    expectClose(got.in80, expected.reviews80, tolerance);
    expectClose(got.in95, 2.1 * expected.meanReviews, tolerance);
    expectClose(Math.log(threshold) / got.divergence, expected.lordenBound, tolerance);
  }
});

it("needs fewer reviews for a larger drop and finds the drop that belongs to a number of reviews", () => {
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const threshold = fc.double({ min: 0.01, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(share, share, share, threshold, (boundary, a, b, A) => {
      const plan = { boundary, threshold: A };
      const larger = boundary * Math.max(a, b);
      const smaller = boundary * Math.min(a, b);
      const needs = (drop: number) => reviewsToDetect({ ...plan, accuracyAfter: boundary - drop });
      expect(needs(larger).in80).toBeLessThanOrEqual(needs(smaller).in80 * (1 + 1e-9));
      expect(needs(smaller).in95).toBeGreaterThan(needs(smaller).in80);
      const found = smallestFindableDrop({ ...plan, reviews: needs(larger).in80 });
      expectClose(found, larger, 1e-6);
    }),
  );
});

it("says when no drop would be found, and stays a number for the smallest drop there is", () => {
  expect(smallestFindableDrop({ boundary: 0.95, threshold: 72_000, reviews: 2 })).toBeNull();
  expect(smallestFindableDrop({ boundary: 0.95, threshold: 72_000, reviews: 0 })).toBeNull();
  expect(smallestFindableDrop({ boundary: 0.95, threshold: 72_000, reviews: 177 })).toBeCloseTo(0.0996, 3);
  expect(smallestFindableDrop({ boundary: 0.95, threshold: 72_000, reviews: 1e300 })).toBeGreaterThan(0);
  // The difference of the terms is rounding here, for some of these boundaries below 0.
  for (let boundary = 0.5; boundary < 1; boundary += 0.01) {
    const nearly = reviewsToDetect({ boundary, accuracyAfter: boundary - 2 ** -53, threshold: 72_000 });
    expect(nearly.mean).toBeGreaterThan(1e15);
    expect(nearly.mean).toBeLessThan(1e40);
  }
});

it("refuses impossible arguments", () => {
  const good = { boundary: 0.95, accuracyAfter: 0.9, threshold: 1000 };
  expect(() => reviewsToDetect({ ...good, accuracyAfter: 0.95 })).toThrow("below the boundary");
  expect(() => reviewsToDetect({ ...good, accuracyAfter: -0.1 })).toThrow("accuracy afterwards");
  for (const bad of [0, 1, Number.NaN])
    expect(() => reviewsToDetect({ ...good, boundary: bad })).toThrow("boundary");
  for (const bad of [0, Infinity, Number.NaN])
    expect(() => smallestFindableDrop({ boundary: 0.9, threshold: bad, reviews: 9 })).toThrow("threshold");
  expect(() => smallestFindableDrop({ boundary: 0.9, threshold: 9, reviews: -1 })).toThrow(
    "number of reviews",
  );
});
