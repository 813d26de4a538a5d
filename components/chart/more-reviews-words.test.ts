import { describe, expect, it } from "vitest";

import { moreReviews } from "@/lib/estimate/more-reviews";

import { moreReviewsWords, withMoreReviews } from "./more-reviews-words";
import { stateSentence } from "./state-sentence";
import { makeEstimate, makeSeries } from "./testing/make-series";

const UNCLEAR = { difference: -0.03, low: -0.08, high: 0.02 };
const pilot = makeEstimate(0.94, 2_000);

describe("moreReviews", () => {
  it("asks only of what is unclear, and only where both sides are one number", () => {
    const week = makeEstimate(0.91, 120);
    expect(moreReviews(pilot, week, UNCLEAR)).toBeGreaterThan(100);
    expect(moreReviews(pilot, week, { ...UNCLEAR, high: -0.01 })).toBeNull();
    expect(moreReviews(pilot, week, { ...UNCLEAR, low: 0.01, high: 0.05 })).toBeNull();
    expect(moreReviews(pilot, week, null)).toBeNull();
    expect(moreReviews(null, week, UNCLEAR)).toBeNull();
    expect(moreReviews(pilot, { ...week, reading: "bounds" }, UNCLEAR)).toBeNull();
  });
  it("does not count beyond what anybody waits for, and says when the pilot is the limit", () => {
    const large = makeEstimate(0.94, 2_000_000);
    expect(moreReviews(large, makeEstimate(0.936, 120), UNCLEAR)).toBe("thousands");
    expect(moreReviews(makeEstimate(0.94, 60), makeEstimate(0.92, 120), UNCLEAR)).toBe("pilot");
  });
});

describe("moreReviewsWords", () => {
  it.each([
    [null, 100, null],
    [344, 100, "about 340 more reviews will tell it from chance (4 weeks at the planned pace)."],
    [344, null, "about 340 more reviews will tell it from chance."],
    [40, 100, "about 40 more reviews will tell it from chance."],
    [1, 0, "one more review will tell it from chance."],
    ["thousands", 100, "It would take thousands of reviews"],
    ["pilot", 100, "the pilot rests on too few of them."],
  ] as const)("%s at %s a week", (more, perWeek, said) => {
    if (said === null) expect(moreReviewsWords(more, perWeek)).toBeNull();
    else expect(moreReviewsWords(more, perWeek)).toContain(said);
  });
  it("comes last, and changes nothing where nothing is unclear", () => {
    const sentence = stateSentence(makeSeries([{ mean: 0.92 }]));
    expect(withMoreReviews(sentence, 344, null).evidence).toEqual([
      ...sentence.evidence,
      "If the difference stays as it is, about 340 more reviews will tell it from chance.",
    ]);
    expect(withMoreReviews(sentence, null, null)).toBe(sentence);
    const lost = { ...sentence, state: "below" } as const;
    expect(withMoreReviews(lost, 344, null)).toBe(lost);
  });
});
