import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import { CONFIDENCE, LEAST_REVIEWS, suggestionStanding } from "./suggestion-standing";

const group = (right: number, reviews: number) => ({
  reviews,
  accuracy: weightedClopperPearson(
    {
      correct: Array.from({ length: reviews }, (_, at) => (at < right ? 1 : 0)),
      weights: Array.from({ length: reviews }, () => 1),
    },
    CONFIDENCE,
  ),
});
const rest = group(380, 400);

describe("whether reviewers find something new no less accurate", () => {
  it("says so, waits for reviews, does not know, or says that it is worse", () => {
    expect(suggestionStanding(group(59, 60), rest).standing).toBe("fits");
    expect(suggestionStanding(group(8, 8), rest)).toMatchObject({ standing: "few" });
    expect(suggestionStanding({ reviews: 2, accuracy: null }, rest)).toEqual({
      standing: "few",
      difference: null,
    });
    expect(suggestionStanding(group(36, 40), rest).standing).toBe("unsure");
    expect(suggestionStanding(group(24, 40), rest).standing).toBe("worse");
  });

  it("of values whose outputs are ten points less accurate, few are called no less accurate", () => {
    const random = seededRandom(8);
    const drawn = (accuracy: number, reviews: number) =>
      group(
        Array.from({ length: reviews }, () => random()).filter((each) => each < accuracy).length,
        reviews,
      );
    const runs = 400;
    const fits = { worse: 0, same: 0 };
    for (let run = 0; run < runs; run += 1) {
      const others = drawn(0.93, 300);
      const reviews = LEAST_REVIEWS + (run % 4) * 40;
      if (suggestionStanding(drawn(0.83, reviews), others).standing === "fits") fits.worse += 1;
      if (suggestionStanding(drawn(0.93, reviews), others).standing === "fits") fits.same += 1;
    }
    report(`suggestions: ${fits.worse} of ${runs} worse ones fit, ${fits.same} of ${runs} equal ones`);
    expect(fits.worse / runs).toBeLessThan(0.05);
    expect(fits.same / runs).toBeGreaterThan(0.4);
  });
});
