import { expect, test } from "vitest";
import { recoveryEvidence, recoveryThreshold } from "@/lib/stats/recovery-evidence";
import { readRecovery } from "./recovery";

const incident = { accuracy: 0.85, boundary: 0.93, healthy: 0.95 };
const seen = (right: number, wrong: number) => [
  { weight: 1, error: 0, count: right },
  { weight: 1, error: 1, count: wrong },
];

test("58 of 60 right after 85 % is not yet enough, 140 of 143 is", () => {
  expect(readRecovery(seen(140, 3), incident)).toEqual({ recovered: true, moreReviews: 0 });
  const soon = readRecovery(seen(58, 2), incident);
  expect(soon?.recovered).toBe(false);
  expect(soon?.moreReviews).toBeGreaterThan(5);
  expect(soon?.moreReviews).toBeLessThan(120);
});

test("the number of further reviews is the smallest that decides when they go as hoped", () => {
  const more = readRecovery([], incident)?.moreReviews ?? 0;
  const after = (reviews: number) => recoveryEvidence(seen(reviews * 0.95, reviews * 0.05), incident) ?? 0;
  expect(after(more)).toBeGreaterThanOrEqual(recoveryThreshold);
  expect(after(more - 1)).toBeLessThan(recoveryThreshold);
});

test("more wrong ones push it away, and what was never below needs no recovery", () => {
  const none = readRecovery([], incident)?.moreReviews ?? 0;
  expect(readRecovery(seen(30, 12), incident)?.moreReviews).toBeGreaterThan(none);
  expect(readRecovery([], { accuracy: 0.929, boundary: 0.93, healthy: 0.93 })).toEqual({
    recovered: false,
    moreReviews: null,
  });
  expect(readRecovery([], { ...incident, accuracy: 0.94 })).toBeNull();
});
