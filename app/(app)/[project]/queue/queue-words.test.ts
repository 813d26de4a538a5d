import { expect, test } from "vitest";
import { dayWords, forecastSentence, paceSentence, segmentWords, skillWords, workWords } from "./queue-words";

const MONDAY = "2026-11-30";
const pace = { forecast: { early: 2, middle: 4, late: 8 }, working: 2, paused: false };

test("a day is said as people say it", () => {
  expect([1, 2, 4, 8, 15].map((day) => dayWords(MONDAY, day))).toEqual([
    "today",
    "tomorrow",
    "on Thursday",
    "on Monday next week",
    "on 14 Dec 2026",
  ]);
});

test("the forecast says when, how sure, or why it cannot say", () => {
  expect(forecastSentence(40, MONDAY, pace)).toBe(
    "At this pace it is done on Thursday (tomorrow to Monday next week, four times in five).",
  );
  expect(forecastSentence(40, MONDAY, { ...pace, forecast: { early: 4, middle: 4, late: 4 } })).toBe(
    "At this pace it is done on Thursday.",
  );
  expect(forecastSentence(40, MONDAY, { ...pace, forecast: { early: 9, middle: 40, late: null } })).toContain(
    "it may take much longer",
  );
  expect(
    forecastSentence(40, MONDAY, { ...pace, forecast: { early: null, middle: null, late: null } }),
  ).toContain("more than four months");
  expect(forecastSentence(40, MONDAY, { ...pace, forecast: null, working: 0 })).toContain(
    "Nobody has reviewed",
  );
  expect(forecastSentence(40, MONDAY, { ...pace, forecast: null })).toContain("too few to say");
  expect(forecastSentence(40, MONDAY, { ...pace, paused: true })).toContain("paused");
  expect(forecastSentence(0, MONDAY, pace)).toContain("Nothing");
});

test("a queue that grows is said to grow", () => {
  expect(paceSentence(50, 100)).toContain("the queue grows");
  expect([paceSentence(95, 100), paceSentence(0, 100), paceSentence(5, null)]).toEqual([null, null, null]);
  expect([workWords(10, 60), workWords(10, null)]).toEqual(["about 10 min of work", null]);
});

test("limits are said by their values", () => {
  expect([skillWords({}), skillWords({ country: ["de", ""], kind: ["loan"] })]).toEqual([
    "everything",
    "country: de, (empty); kind: loan",
  ]);
  expect(segmentWords({ country: null, kind: "loan" })).toBe("country = not said, kind = loan");
});
