import { expect, test } from "vitest";

import { comparedDays, parseAsDays, shownDays, zoomedDays } from "./view-state";

const RANGE = { from: "2026-09-07", to: "2026-11-30" };

test.each([
  ["2026-09-01..2026-09-30", { from: "2026-09-01", to: "2026-09-30" }],
  ["2026-09-30..2026-09-30", { from: "2026-09-30", to: "2026-09-30" }],
  ["2026-09-30..2026-09-01", null],
  ["2026-02-30..2026-03-01", null],
  ["2026-09-01", null],
  ["2026-09-01..2026-09-30..2026-10-01", null],
  ["..", null],
])("an address with %s", (text, days) => {
  expect(parseAsDays.parse(text)).toEqual(days);
});

test("days of one's own choice start from what the chart shows and as many days before", () => {
  expect(comparedDays({ against: "days", later: null, earlier: null }, RANGE)).toEqual({
    later: RANGE,
    earlier: { from: "2026-06-14", to: "2026-09-06" },
  });
  const later = { from: "2026-10-01", to: "2026-10-10" };
  expect(comparedDays({ against: "days", later, earlier: null }, RANGE)).toEqual({
    later,
    earlier: { from: "2026-09-21", to: "2026-09-30" },
  });
  const earlier = { from: "2026-08-01", to: "2026-08-31" };
  expect(comparedDays({ against: "days", later, earlier }, RANGE)).toEqual({ later, earlier });
});

test("otherwise the range of the chart is compared", () => {
  const later = { from: "2026-10-01", to: "2026-10-10" };
  expect(comparedDays({ against: "pilot", later, earlier: later }, RANGE)).toEqual({
    later: RANGE,
    earlier: "pilot",
  });
});

test("days picked out of the range are shown instead of it", () => {
  const extent = { first: "2026-01-01", last: "2026-11-29" };
  const zoom = { from: "2026-09-01", to: "2026-09-14" };
  expect(shownDays({ range: "4w", zoom }, extent, "2026-11-30")).toEqual(zoom);
  expect(shownDays({ range: "4w", zoom: null }, extent, "2026-11-30")).toEqual({
    from: "2026-11-03",
    to: "2026-11-30",
  });
});

test("zooming keeps the middle, within the range, down to a week and out to all of it", () => {
  // 85 days; the half of them around the same middle.
  expect(zoomedDays(RANGE, "in", RANGE)).toEqual({ from: "2026-09-28", to: "2026-11-09" });
  const week = { from: "2026-10-01", to: "2026-10-07" };
  expect(zoomedDays(week, "in", RANGE)).toEqual(week);
  expect(zoomedDays(week, "out", RANGE)).toEqual({ from: "2026-09-27", to: "2026-10-10" });
  expect(zoomedDays({ from: "2026-11-20", to: "2026-11-30" }, "out", RANGE)).toEqual({
    from: "2026-11-14",
    to: "2026-11-30",
  });
  expect(zoomedDays({ from: "2026-09-10", to: "2026-11-28" }, "out", RANGE)).toBeNull();
});
