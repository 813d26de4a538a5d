import { describe, expect, it } from "vitest";

import { type Access, personCapabilities } from "@/lib/project/permission";

import { currentItem, projectNavigation, settingNavigation } from "./navigation";

function labelsFor(access: Partial<Access>): string[] {
  const granted = personCapabilities({
    isAdmin: false,
    role: null,
    reviewersSeeCharts: false,
    viewersSeePayloads: false,
    ...access,
  });
  return projectNavigation("refunds", (capability) => granted.has(capability)).map((item) => item.label);
}

describe("projectNavigation", () => {
  it("shows a manager everything", () => {
    expect(labelsFor({ role: "MANAGER" })).toEqual([
      "Overview",
      "Accuracy",
      "Incidents",
      "Review",
      "Queue",
      "Reviewers",
      "Outputs",
      "Input",
      "Backtest",
      "Settings",
    ]);
  });
  it("shows a blind reviewer nothing but the queue", () => {
    expect(labelsFor({ role: "REVIEWER" })).toEqual(["Review"]);
  });
  it("hides the queue and the settings from a viewer", () => {
    expect(labelsFor({ role: "VIEWER" })).toEqual([
      "Overview",
      "Accuracy",
      "Incidents",
      "Outputs",
      "Input",
      "Backtest",
    ]);
  });
});

describe("currentItem", () => {
  const items = projectNavigation("refunds", () => true);
  it.each([
    ["/refunds", "Overview"],
    ["/refunds/output/0193", "Outputs"],
    ["/refunds/accuracy", "Accuracy"],
    ["/refunds/incident/0193", "Incidents"],
    ["/refunds/backtest/0193", "Backtest"],
    ["/refunds/setting/keys", "Settings"],
  ])("%s belongs to %s", (pathname, label) => {
    expect(currentItem(items, pathname)?.label).toBe(label);
  });
  it("finds nothing in another project", () => {
    expect(currentItem(items, "/refunds-2/accuracy")).toBeUndefined();
  });
  it("marks the settings page itself among the settings", () => {
    expect(
      currentItem(
        settingNavigation("refunds", () => true),
        "/refunds/setting/keys",
      )?.label,
    ).toBe("API keys");
  });
});
