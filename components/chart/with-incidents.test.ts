import { describe, expect, it } from "vitest";
import type { IncidentMark } from "@/lib/incident/schema";

import type { StateSentence } from "./state-sentence";
import { withIncidents } from "./with-incidents";

const ALL = { attribute: "", value: "" };
const SCAN = { attribute: "channel", value: "scan" };
const calm: StateSentence = {
  state: "unclear",
  headline: "Accuracy was 90 %.",
  evidence: ["It rests on 9."],
};

function mark(segment: IncidentMark["segment"], standing: IncidentMark["standing"], day = "2026-10-27") {
  return { id: "0193e4a0-0000-7000-8000-000000000001", segment, standing, day, before: null, since: null };
}

describe("withIncidents", () => {
  it("says that a calm period does not end an open incident", () => {
    const said = withIncidents(calm, [mark(ALL, "acknowledged"), mark(SCAN, "open")], ALL);
    expect(said.state).toBe("below");
    expect(said.headline).toBe(calm.headline);
    expect(said.evidence).toEqual([
      "Over a longer time there is a loss: since about 27 Oct 2026 accuracy has been below its boundary, and an incident is open.",
      "One more incident is open elsewhere: see the marks below.",
      "It rests on 9.",
    ]);
  });
  it("names those of other segments without calling this one worse", () => {
    const said = withIncidents(calm, [mark(SCAN, "open"), mark({ ...SCAN, value: "mail" }, "open")], ALL);
    expect(said.state).toBe("unclear");
    expect(said.evidence[0]).toBe("2 incidents are open elsewhere: see the marks below.");
  });
  it("leaves out what was resolved or muted", () => {
    expect(withIncidents(calm, [mark(ALL, "muted"), mark(ALL, "resolved")], ALL)).toEqual(calm);
  });
  it("keeps a state that says more", () => {
    const few: StateSentence = { ...calm, state: "too_few" };
    expect(withIncidents(few, [mark(ALL, "open")], ALL).state).toBe("too_few");
  });
});
