import { describe, expect, it } from "vitest";

import { keyCapabilities, type ProjectRole, personCapabilities } from "./permission";

const access = (role: ProjectRole | null, over: Partial<Parameters<typeof personCapabilities>[0]> = {}) =>
  [
    ...personCapabilities({
      isAdmin: false,
      role,
      reviewersSeeCharts: false,
      viewersSeePayloads: false,
      ...over,
    }),
  ].sort();

describe("personCapabilities", () => {
  it("gives a stranger nothing", () => {
    expect(access(null)).toEqual([]);
  });

  it("keeps reviewers blind and viewers away from payloads unless the project says otherwise", () => {
    expect(access("REVIEWER")).toEqual(["review.work"]);
    expect(access("REVIEWER", { reviewersSeeCharts: true })).toEqual(["project.read", "review.work"]);
    expect(access("VIEWER")).toEqual(["project.read"]);
    expect(access("VIEWER", { viewersSeePayloads: true })).toEqual(["payload.read", "project.read"]);
  });

  it("lets an admin manage but review only as a member", () => {
    expect(access(null, { isAdmin: true })).not.toContain("review.work");
    expect(access(null, { isAdmin: true })).toContain("project.manage");
    expect(access("REVIEWER", { isAdmin: true })).toContain("review.work");
  });

  it("never lets a person write outputs or truth: those come by key", () => {
    for (const role of [null, "MANAGER", "REVIEWER", "VIEWER"] as const) {
      const granted = access(role, { isAdmin: true, reviewersSeeCharts: true, viewersSeePayloads: true });
      expect(granted).not.toContain("outputs.write");
      expect(granted).not.toContain("truth.write");
    }
  });
});

describe("keyCapabilities", () => {
  it("gives each scope one capability and ignores unknown ones", () => {
    expect([...keyCapabilities(["outputs:write"])]).toEqual(["outputs.write"]);
    expect([...keyCapabilities(["truth:write", "read"])].sort()).toEqual(["project.read", "truth.write"]);
    expect([...keyCapabilities(["admin", "outputs:*"])]).toEqual([]);
  });
});
