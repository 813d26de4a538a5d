import { expect, it } from "vitest";

import { makeSeries } from "./testing/make-series";
import { withEarlier } from "./with-earlier";

const shown = makeSeries([{ mean: 0.9 }, { mean: 0.91 }, { mean: 0, absent: true }, { mean: 0.93 }]);

it("puts each period beside the one at its place in the days before", () => {
  const earlier = { ...makeSeries([{ mean: 0.8 }, { mean: 0.81 }, { mean: 0.82 }]), from: "2026-01-05" };
  const later = { ...shown, from: "2026-01-05" };
  expect(withEarlier(later, earlier).map((row) => row.earlier?.estimate?.mean ?? null)).toEqual([
    0.8,
    0.81,
    0.82,
    null,
  ]);
  // The same points, two weeks before the days that are shown.
  const moved = { ...later, from: "2026-01-19" };
  expect(withEarlier(moved, earlier).map((row) => row.earlier?.estimate?.mean ?? null)).toEqual([
    null,
    null,
    0.8,
    0.81,
  ]);
});

it("takes what is near where weeks do not begin on the same day, and nothing that is far away", () => {
  const earlier = makeSeries([{ mean: 0.8 }]);
  const near = withEarlier({ ...shown, from: "2026-01-07" }, { ...earlier, from: "2026-01-05" });
  expect(near.map((row) => row.earlier?.start ?? null)).toEqual(["2026-01-05", null, null, null]);
  const far = withEarlier({ ...shown, from: "2027-01-05" }, { ...earlier, from: "2026-01-05" });
  expect(far.every((row) => row.earlier === null)).toBe(true);
});

it("changes nothing where nothing is compared", () => {
  const rows = withEarlier(shown, null);
  expect(rows.map((row) => row.kind)).toEqual(["solid", "solid", "empty", "solid"]);
  expect(rows.every((row) => row.earlier === null)).toBe(true);
});
