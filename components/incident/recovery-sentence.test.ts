import { expect, it } from "vitest";

import { makeEstimate } from "@/components/chart/testing/make-series";
import type { Recovery } from "@/lib/incident/schema";

import { recoverySentence } from "./recovery-sentence";

const base: Recovery = {
  marker: "release",
  day: "2026-04-03",
  release: "triage 2.5",
  reviews: 60,
  right: 58,
  estimate: makeEstimate(0.967, 60),
  recovered: true,
  more_reviews: 0,
};

it("says that it has recovered, since when and from what", () => {
  expect(recoverySentence(base, 0.92)).toEqual({
    state: "recovered",
    text: "Since triage 2.5 went live on 3 Apr 2026 58 of 60 reviewed outputs were right: accuracy looks recovered.",
  });
});

it("says how many more reviews would tell", () => {
  const early = { ...base, recovered: false, more_reviews: 132, reviews: 20, right: 19 };
  expect(recoverySentence(early, 0.92)).toEqual({
    state: "too_early",
    text: "Since triage 2.5 went live on 3 Apr 2026 19 of 20 reviewed outputs were right. It is too early to tell. If accuracy is back to where it was, about 132 more reviews will show it.",
  });
  const none = {
    ...early,
    reviews: 0,
    right: 0,
    estimate: null,
    marker: "acknowledged" as const,
    release: null,
  };
  expect(recoverySentence(none, 0.92).text).toBe(
    "Since it was acknowledged, after 3 Apr 2026, nothing has been reviewed yet. If accuracy is back to where it was, about 132 reviews will show it.",
  );
  expect(recoverySentence({ ...early, more_reviews: null }, 0.92).text).toContain("thousands of reviews");
});

it("says plainly that it is still low", () => {
  const low = { ...base, recovered: false, right: 40, estimate: makeEstimate(0.667, 60), more_reviews: 300 };
  expect(recoverySentence(low, 0.92)).toMatchObject({ state: "still_low" });
  expect(recoverySentence(low, 0.92).text).toContain(
    "40 of 60 reviewed outputs were right: that is 66.7 %, still below",
  );
});
