import { expect, test } from "vitest";
import { answerFieldSchema } from "@/lib/review/field-schema";
import type { AnswerField } from "@/lib/review/schema";
import { distanceWords, shownValue } from "./field-difference";

const field = (change: object): AnswerField =>
  answerFieldSchema.parse({ key: "x", label: "X", output_path: "/x", truth_path: "/x", ...change });
const number = field({ type: "number", tolerance: { relative: 0.05 } });
const text = field({ type: "text" });
const category = field({
  type: "category",
  options: [
    { value: "owner_letter", label: "owner letter" },
    { value: "other", label: "other" },
  ],
});

test("values are shown as people read them", () => {
  expect(shownValue(category, "owner_letter")).toBe("owner letter");
  expect(shownValue(category, "unheard of")).toBe("unheard of");
  expect(shownValue(field({ type: "boolean" }), false)).toBe("No");
  expect(shownValue(text, undefined)).toBe("–");
  expect(shownValue(text, { a: 1 })).toBe('{"a":1}');
});

test("the distance of a number says how far, in which direction and what is allowed", () => {
  expect(distanceWords(number, 1250, 1000)).toBe("250 (20 %) below your answer; 5 % is allowed");
  expect(distanceWords(number, 1250, "1300")).toBe("50 (4 %) above your answer; 5 % is allowed");
  expect(distanceWords(field({ type: "number" }), 0, 2)).toBe("2 above your answer");
  expect(distanceWords(number, 1250, 1250)).toBeNull();
  expect(distanceWords(number, 1250, "a lot")).toBeNull();
  expect(distanceWords(text, "a", "b")).toBeNull();
});
