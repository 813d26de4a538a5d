import { describe, expect, it } from "vitest";

import type { IncidentRow } from "@/lib/incident/schema";

import { incidentCost, incidentFinding, incidentTitle, oddsText } from "@/lib/incident/incident-sentence";
import { makeIncidentRow } from "./testing/make-incident-row";

describe("incidentFinding", () => {
  it("says how accurate, since when and what was the boundary", () => {
    expect(incidentFinding(makeIncidentRow())).toBe(
      "Accuracy has been 61.0 % (52 to 70 %) since about 12 Mar 2026; it must not fall below 92.0 %.",
    );
  });
  it("looks back when it is resolved", () => {
    const resolved = makeIncidentRow({ standing: "resolved", state: "resolved" });
    expect(incidentFinding(resolved)).toContain("Accuracy was 61.0 % (52 to 70 %) from about 12 Mar 2026");
    expect(incidentTitle(resolved)).toBe("device ios: accuracy dropped");
  });
  it("gives no percentage of a handful", () => {
    const row = makeIncidentRow();
    const since = row.since && { ...row.since, n: 4, mean: 0.25 };
    expect(incidentFinding({ ...row, since })).toMatch(/^Of 4 reviewed outputs 3 were wrong since about/);
  });
  it("has a sentence without any label", () => {
    expect(incidentFinding(makeIncidentRow({ since: null }))).toBe(
      "Accuracy fell below its boundary: it must not fall below 92.0 %.",
    );
  });
});

it("rounds what is only about right", () => {
  const cost = (extra_wrong: IncidentRow["extra_wrong"]) => incidentCost({ extra_wrong });
  expect(cost(1234)).toBe("About 1,200 more wrong outputs than at the boundary");
  expect(cost(7.4)).toBe("About 7 more wrong outputs than at the boundary");
  expect([cost(0.3), cost(null)]).toEqual([null, null]);
});

it("says how sure it is without the words of the trade", () => {
  expect(oddsText(Math.log(72_345))).toBe("once in 72,000 reviews");
  expect(oddsText(Math.log(95))).toBe("once in 95 reviews");
  expect(oddsText(-3)).toBe("all the time");
  expect(oddsText(400)).toBe("less than once in 10 million reviews");
});
