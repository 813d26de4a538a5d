import { describe, expect, it } from "vitest";

import type { ProjectAgreement, ReviewerRow } from "@/lib/review/people-schema";
import { shownGold } from "@/lib/review/reviewer-report";
import { NO_WORK } from "@/lib/review/reviewer-work";

import { agreementWords, attentionWords, goldWords } from "./reviewer-words";

function person(name: string, wrongFound: number, rightAccepted: number, of = 20): ReviewerRow {
  return {
    reviewer_id: "0193e4a0-0000-7000-8000-000000000001",
    name,
    work: NO_WORK,
    gold: shownGold(
      { wrong: of, wrongCalledWrong: wrongFound, right: of, rightCalledRight: rightAccepted },
      0,
    ),
    others: { same: null, decided: 0, decided_for: 0, too_few: true },
    repeats: { same_verdict: null, same_answer: 0, cannot_judge: 0, too_few: true },
  };
}

const measured = (alpha: number, low: number | null, high: number | null): ProjectAgreement => ({
  n: 40,
  needed: 30,
  people: 3,
  measures: {
    same: { mean: 0.925, low: 0.8, high: 0.98, n: 40 },
    on_wrong: { mean: 0.57, low: 0.2, high: 0.9, n: 5 },
    on_right: { mean: 0.96, low: 0.9, high: 0.99, n: 38 },
    alpha: { value: alpha, low, high },
    ac1: { value: 0.9, low: 0.8, high: 1 },
    kappa: null,
  },
});

describe("attentionWords", () => {
  it("names who clearly misses errors or refuses what is right, and nobody else", () => {
    expect(attentionWords([person("Ann", 19, 20), person("Bo", 15, 18)])).toEqual([]);
    expect(attentionWords([person("Cy", 6, 20)])).toEqual([
      "Cy found 6 of 20 known wrong items: at most 54 % of the errors are found, so accuracy by Cy looks better than it is.",
    ]);
    expect(attentionWords([person("Di", 20, 11)])[0]).toContain("Di called 9 of 20 known right items wrong");
  });
  it("says nothing about people from too few items", () => {
    expect(attentionWords([person("Ed", 0, 9, 9)])).toEqual([]);
  });
  it("names who decides faster than anybody can look", () => {
    const row = { ...person("Flo", 20, 20), work: { ...NO_WORK, too_fast: true, fast_minutes: 2 } };
    expect(attentionWords([row])[0]).toContain("within a minute, in 2 minutes");
  });
});

describe("agreementWords", () => {
  it("says how many double reviews are missing", () => {
    expect(agreementWords({ n: 12, needed: 30, people: 2, measures: null })).toBe(
      "12 of 30 double reviews needed before agreement can be told.",
    );
    expect(agreementWords({ n: 0, needed: 30, people: 0, measures: null })).toContain("nobody knows");
  });
  it.each([
    [0.9, 0.82, 0.97, "That is good."],
    [0.85, 0.6, 1, "That looks good."],
    [0.7, 0.5, 0.9, "That will do"],
    [0.5, 0.3, 0.64, "That is low: make the guidelines clearer"],
    [0.5, 0.1, 0.9, "That may be low: more double reviews will tell."],
    [0.5, null, null, "That may be low"],
  ])("advises by alpha %d (%d to %d)", (alpha, low, high, advice) => {
    const said = agreementWords(measured(alpha, low, high));
    expect(said).toContain("When one finds an output wrong, the other does so in 57 % (20 to 90 %).");
    expect(said).toContain(advice);
  });
});

it("adds all known items up", () => {
  expect(goldWords([person("Ann", 19, 20), person("Cy", 6, 18)])).toBe(
    "Of 40 known wrong items people found 25; of 40 known right ones they accepted 38.",
  );
});
