import { expect, test } from "vitest";
import { digestSentences, teamDigest } from "./digest-text";

const nothing = {
  due: 0,
  overdue: 0,
  doneThisWeek: 0,
  targetPerWeek: null,
  secondsPerItem: null,
  adjudications: 0,
};

test("a reminder says what is due, how late it is, and how far the goal is", () => {
  expect(digestSentences(nothing)).toEqual([]);
  expect(digestSentences({ ...nothing, due: 1, overdue: 1 })).toEqual([
    "One review is due for you, and it is overdue.",
  ]);
  expect(
    digestSentences({
      due: 42,
      overdue: 5,
      doneThisWeek: 10,
      targetPerWeek: 40,
      secondsPerItem: 60,
      adjudications: 2,
    }),
  ).toEqual([
    "42 reviews are due that you may take, 5 of them overdue.",
    "On 2 items two people differ, and a third has to decide.",
    "You have done 10 of the 40 that are your goal this week.",
    "At your pace 30 take about 30 min.",
  ]);
  expect(
    digestSentences({ ...nothing, due: 5, doneThisWeek: 50, targetPerWeek: 40, secondsPerItem: 60 }),
  ).toHaveLength(2);
});

test("the team's digest has a line for each person", () => {
  const people = [
    {
      name: "Ada",
      paused: false,
      facts: { ...nothing, due: 12, overdue: 2, doneThisWeek: 3, targetPerWeek: 40 },
    },
    { name: "Bo", paused: true, facts: nothing },
  ];
  expect(teamDigest({ name: "Refunds", day: "30 Nov 2026" }, "12 reviews are due.", people)).toBe(
    [
      "Reviews in Refunds, 30 Nov 2026",
      "12 reviews are due.",
      "- Ada: 3 of 40 done this week; may take 12 that are due, 2 overdue",
      "- Bo: paused",
    ].join("\n"),
  );
});
