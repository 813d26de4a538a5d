import { expect, test } from "vitest";
import { prefixMeaning, prefixWords } from "./prefix-words";

const prefix = {
  done: 38,
  planned: 60,
  since: "2026-11-23",
  until: "2026-11-23",
  at: "2026-11-27T09:20:00.000Z",
};

test("how far the drawn order is done, and what that is good for", () => {
  expect(prefixWords(prefix)).toBe("Stop whenever you like: the first 38 of 60 are a fair sample");
  expect(prefixMeaning(prefix, "Europe/Berlin")).toBe(
    "60 items were drawn at random for the week of 23 Nov. The first 38 in the order of the draw are done, by everybody together (at 10:20). Any stop here is a fair sample.",
  );
});

test("more than one week waits", () => {
  const weeks = { ...prefix, since: "2026-11-09" };
  expect(prefixMeaning(weeks, "UTC")).toContain("for the weeks of 9 Nov to 23 Nov.");
});

test("nothing yet, and all of it: no sample is promised that is none", () => {
  expect(prefixMeaning({ ...prefix, done: 0 }, "UTC")).not.toContain("Any stop here");
  expect(prefixWords({ ...prefix, done: 0 })).toBe("The first of 60 is open");
  expect(prefixWords({ ...prefix, done: 1 })).toBe(
    "1 of the first 20 done; from there on any stop is a fair sample",
  );
  expect(prefixWords({ ...prefix, done: 60 })).toBe("All 60 planned items are done");
  expect(prefixMeaning({ ...prefix, done: 60 }, "UTC")).toContain("all of them are done");
});
