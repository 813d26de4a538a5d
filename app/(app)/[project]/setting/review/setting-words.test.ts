import { expect, test } from "vitest";
import { goldMix } from "@/lib/review/gold-mix";
import { anchoringWords, armWords, mixWords } from "./setting-words";

test("the share of wrong items is said in items, with what is missing", () => {
  const words = (goldShare: number, errorShare: number) =>
    mixWords(goldMix({ goldShare, errorShare }), goldShare);
  expect(words(0.04, 0.02)).toBe(
    "Of 100 items that a reviewer sees, about 5.1 are wrong. People overlook more errors the rarer errors are; 15 of 100 would take 17 % known items.",
  );
  expect(words(0.2, 0.05)).toContain("about 20 are wrong. That is enough");
  expect(words(0, 0.1)).toContain("Nothing is mixed in");
});

test("the comparison says who is led, or that nothing is clear", () => {
  expect(anchoringWords(null)).toBe("There is nothing to compare yet.");
  expect(anchoringWords({ gap: 0.06, low: 0.02, high: 0.1 })).toContain(
    "+6.0 points (+2.0 points to +10.0 points). Accuracy looks better",
  );
  expect(anchoringWords({ gap: 0.01, low: -0.03, high: 0.05 })).toContain("No clear difference");
  expect(anchoringWords({ gap: -0.06, low: -0.1, high: -0.02 })).toContain("right less often");
  expect(armWords(null)).toBe("no reviews yet");
  expect(armWords({ mean: 0.912, low: 0.84, high: 0.96, n: 102 })).toBe(
    "91.2 % found right (84 to 96 %), 102 items",
  );
});
