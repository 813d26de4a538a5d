import { expect, test } from "vitest";

import { mixedWishes } from "./mixed-wishes";

const candidates = (right: number, wrong: number) => [
  ...Array.from({ length: right }, (_, at) => ({ outputId: `right-${at}`, right: true })),
  ...Array.from({ length: wrong }, (_, at) => ({ outputId: `wrong-${at}`, right: false })),
];
const wrongAfter = (right: number, wrong: number, share: number) =>
  mixedWishes(candidates(right, wrong), share).filter((each) => each.seeded).length + wrong;

test("errors are put in until the wanted share is wrong, and never into what is wrong already", () => {
  expect(wrongAfter(25, 0, 0.8)).toBe(20);
  expect(wrongAfter(20, 5, 0.5)).toBe(13);
  expect(wrongAfter(20, 5, 0.2)).toBe(5);
  expect(wrongAfter(5, 20, 0.2)).toBe(20);
  expect(wrongAfter(0, 3, 0.8)).toBe(3);
  const made = mixedWishes(candidates(10, 2), 0.5);
  expect(made).toHaveLength(12);
  expect(made.slice(10).every((each) => !each.seeded)).toBe(true);
});
