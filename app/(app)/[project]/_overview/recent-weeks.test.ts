import { describe, expect, it } from "vitest";

import { stateSentence } from "@/components/chart/state-sentence";
import { makeEstimate, makeSeries } from "@/components/chart/testing/make-series";
import type { AccuracyGap, SegmentRow, SegmentTable } from "@/lib/estimate/schema";

import { withRecent } from "./recent-weeks";

const BELOW = { difference: -0.054, low: -0.088, high: -0.023 };
const UNCLEAR = { difference: -0.01, low: -0.05, high: 0.03 };

function row(value: string, gap: AccuracyGap, n = 200): SegmentRow {
  const segment = value === "" ? { attribute: "", value: "" } : { attribute: "channel", value };
  const [estimate, pilot] = [makeEstimate(0.882, n), makeEstimate(0.936, 400)];
  return {
    segment,
    population: 2400,
    traffic_share: 1,
    estimate,
    all_traffic: null,
    pilot,
    gap,
    due: 0,
    spark: [],
  };
}

function table(overall: SegmentRow, rows: SegmentRow[]): SegmentTable {
  return { from: "2026-01-05", to: "2026-02-01", attributes: ["channel"], overall, rows, left_out: 0 };
}

describe("withRecent", () => {
  const week = stateSentence(makeSeries([{ mean: 0.92 }]));
  it("makes four weeks the headline when one week alone cannot tell", () => {
    expect(week.state).toBe("unclear");
    const said = withRecent(week, table(row("", BELOW), [row("scan", BELOW), row("mail", UNCLEAR)]), {
      fewest: 20,
      more: 284,
      perWeek: 100,
    });
    expect(said.state).toBe("below");
    expect(said.headline).toMatch(
      /^Over the last four weeks accuracy was 88\.2 % .* 5\.4 points below the pilot \(2\.3 to 8\.8\)\.$/,
    );
    expect(said.evidence.join(" ")).toContain(week.headline);
    expect(said.evidence.at(-1)).toMatch(/^1 of 2 segments compared was below .*channel = scan\.$/);
  });
  it("keeps the week's finding, and its evidence, when four weeks add none", () => {
    const said = withRecent(week, table(row("", UNCLEAR), [row("scan", UNCLEAR)]), {
      fewest: 20,
      more: 284,
      perWeek: 100,
    });
    expect(said).toMatchObject({ state: "unclear", headline: week.headline });
    expect(said.evidence).toHaveLength(week.evidence.length + 2);
    expect(said.evidence.at(-1)).toBe(
      "If the difference stays as it is, about 280 more reviews will tell it from chance (3 weeks at the planned pace).",
    );
  });
  it("says nothing of what rests on too few reviews", () => {
    expect(
      withRecent(week, table(row("", BELOW, 12), [row("scan", BELOW, 12)]), {
        fewest: 20,
        more: 284,
        perWeek: 100,
      }),
    ).toEqual(week);
  });
});
