import { expect, it } from "vitest";
import { correctedEstimate } from "@/lib/estimate/corrected-estimate";
import { correctedWords } from "./corrected-words";
import { makeEstimate } from "./testing/make-series";

const gold = (wrong: number, found: number, right: number, accepted: number) => ({
  wrong,
  wrongCalledWrong: found,
  right,
  rightCalledRight: accepted,
});
const words = (counts: ReturnType<typeof gold>, estimate = makeEstimate(0.9, 200)) =>
  correctedWords(correctedEstimate(estimate, counts));

it("says what reviewers overlook and what accuracy would be", () => {
  expect(words(gold(40, 20, 40, 40))).toMatch(
    /^Reviewers overlook about 50 % of wrong outputs; allowing for that, accuracy would be 80\.0 % \(\d\d to \d\d %\)\.$/,
  );
  expect(words(gold(40, 36, 40, 38))).toContain("and call 5 % of the right ones wrong");
});

it("says how many known items are missing, of which kind", () => {
  expect(words(gold(10, 9, 11, 11))).toContain("(21 of 50)");
  expect(words(gold(4, 4, 60, 60))).toContain("Not enough wrong known items");
  expect(words(gold(60, 60, 9, 9))).toContain(
    "Not enough right known items to allow for reviewers' errors (9 of 10)",
  );
});

it("corrects nothing where people guess, or where there is no single number", () => {
  expect(words(gold(40, 20, 40, 21))).toContain("hardly better than by chance");
  const bounded = makeEstimate(0.9, 200, { reading: "bounds", unsure_share: 0.1 });
  expect(words(gold(40, 36, 40, 38), bounded)).toContain("no single number");
});

it("allows for traffic that nobody has looked at", () => {
  const counts = gold(40, 20, 40, 40);
  const all = correctedEstimate(makeEstimate(0.9, 200), counts).accuracy;
  const part = correctedEstimate(makeEstimate(0.9, 200, { unaudited_share: 0.1 }), counts).accuracy;
  expect(part?.low).toBeCloseTo(0.9 * (all?.low ?? 0), 12);
  expect(part?.mean).toBe(all?.mean);
});
