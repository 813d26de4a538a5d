import { describe, expect, it } from "vitest";

import { matchScore } from "./match-score";
import { projectNavigation, settingNavigation } from "./navigation";
import { matchingCommands, type PaletteFacts, paletteCommands } from "./palette-commands";

const FACTS: PaletteFacts = {
  slug: "refunds",
  items: projectNavigation("refunds", () => true),
  settings: settingNavigation("refunds", () => true),
  projects: [
    { slug: "refunds", name: "Refunds", isDemo: false },
    { slug: "invoices", name: "Invoice reading", isDemo: false },
  ],
  isAdmin: true,
};
const found = (typed: string, facts = FACTS) =>
  matchingCommands(paletteCommands(facts), typed).map(({ label }) => label);

describe("matchingCommands", () => {
  it("shows everything in its order when nothing is typed", () => {
    const commands = paletteCommands(FACTS);
    expect(matchingCommands(commands, " ")).toEqual(commands.filter(({ onlyWhenAsked }) => !onlyWhenAsked));
    expect(commands[0]?.label).toBe("Overview");
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });
  it.each([
    ["acc", "Accuracy"],
    ["acy", "Accuracy"],
    ["inc", "Incidents"],
    ["alarms", "Incidents"],
    ["keys", "Keyboard"],
    ["api", "API keys"],
    ["dark", "Dark appearance"],
    ["log out", "Sign out"],
    ["invoice", "Invoice reading"],
    ["new pro", "New project"],
    ["copy link", "Copy the address of this page"],
    ["settings samp", "Sampling plan"],
    ["documentation", "API reference"],
    ["blind", "Blind first"],
    ["docu drift", "Drift"],
  ])("%s finds %s", (typed, label) => {
    expect(found(typed)).toContain(label);
  });
  it.each([
    ["ov", "Overview"],
    ["acc", "Accuracy"],
    ["sign", "Sign out"],
    ["inp", "Input"],
    ["light", "Light appearance"],
  ])("%s finds %s first", (typed, label) => {
    expect(found(typed)[0]).toBe(label);
  });
  it("has the projects, the account and the documentation outside of a project too", () => {
    const outside = { ...FACTS, slug: null, items: [], settings: [] };
    expect(matchingCommands(paletteCommands(outside), "").map(({ label }) => label)).toEqual([
      "Refunds",
      "Invoice reading",
      "All projects",
      "New project",
      "Design language",
      "People",
      "Copy the address of this page",
      "Keyboard",
      "Light appearance",
      "Dark appearance",
      "Appearance as the system",
      "Your account",
      "Sign out",
      "Concepts",
      "How the numbers stay honest",
      "API reference",
    ]);
    expect(found("alarm", outside)).toContain("Alarm and incident");
  });
  it("finds nothing for what nothing is called", () => {
    expect(found("zebra")).toEqual([]);
    expect(found("accuracy zebra")).toEqual([]);
  });
  it("offers the making of projects to administrators only, and the open project to nobody", () => {
    expect(found("new project", { ...FACTS, isAdmin: false })).not.toContain("New project");
    expect(found("refunds")).toEqual([]);
  });
});

describe("matchScore", () => {
  it("prefers the beginning of the name to that of a word, that to another word, and letters in order last", () => {
    const scores = [
      matchScore("con", "Contract"),
      matchScore("con", "Data contract"),
      matchScore("con", "Rules", "contract"),
      matchScore("con", "Falcon"),
      matchScore("con", "Close the pane"),
      matchScore("con", "Accuracy"),
    ];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(scores.length);
    expect(scores.at(-1)).toBe(0);
  });
});
