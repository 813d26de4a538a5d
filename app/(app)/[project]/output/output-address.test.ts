import { describe, expect, it } from "vitest";

import {
  exportAddress,
  filterChips,
  hasFilter,
  outputAddress,
  withColumns,
  withCursor,
  withFilter,
  withOrder,
} from "./output-address";
import { readOutputAddress } from "./read-output-address";

const search = (address: string) => {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URL(address, "http://localhost").searchParams) {
    const known = found[name];
    found[name] = known === undefined ? value : [known, value].flat();
  }
  return found;
};

describe("address of the outputs", () => {
  it("says everything that was asked, and reads back to the same", () => {
    const query = readOutputAddress({
      from: "2026-03-02",
      to: "2026-03-08",
      segment: ["device=a=b", "country="],
      state: "counted",
      phase: "production",
      sort: "oldest",
    });
    if (!query) throw new Error("The query is not understood.");
    const address = outputAddress("mail", withCursor(query, { after: "x" }));
    expect(readOutputAddress(search(address))).toEqual({ ...query, after: "x" });
    expect(address).not.toContain("limit");
  });
  it("leaves out what is empty or the default", () => {
    expect(outputAddress("mail", readOutputAddress({ id: "", sort: "newest" }) ?? {})).toBe("/mail/output");
  });
  it.each([
    { from: "yesterday" },
    { state: "lost" },
    { segment: "device" },
    { limit: "9999" },
    { where: "1=1" },
  ])("does not guess what %o means", (given) => {
    expect(readOutputAddress(given as Record<string, string>)).toBeNull();
  });
  it("keeps its columns with every filter and order, but not in what is downloaded", () => {
    const query = readOutputAddress({
      column: ["version", "segment.a,b"],
      sort: "oldest",
      verdict: "correct",
      after: "x",
    });
    if (!query) throw new Error("The query is not understood.");
    const columns = "column=version&column=segment.a%2Cb";
    expect(outputAddress("mail", withFilter(query, {}))).toBe(`/mail/output?sort=oldest&${columns}`);
    expect(outputAddress("mail", withOrder(query, "newest"))).toBe(`/mail/output?verdict=correct&${columns}`);
    expect(outputAddress("mail", withColumns(query, undefined))).toBe(
      "/mail/output?verdict=correct&sort=oldest&after=x",
    );
    expect(exportAddress("mail", query, "csv")).toBe(
      "/api/v1/projects/mail/outputs/export?verdict=correct&sort=oldest&format=csv",
    );
  });
  it("names what is left out, who judged and what was looked for", () => {
    const query = readOutputAddress({
      not: ["segment.channel=web", "state=not_drawn"],
      reviewer: "Anna",
      text: "refund",
    });
    if (!query) throw new Error("The query is not understood.");
    expect(filterChips(query).map((chip) => chip.text)).toEqual([
      "judged by Anna",
      "not channel = web",
      "not state not drawn",
      "“refund”",
    ]);
    expect(readOutputAddress(search(outputAddress("mail", query)))).toEqual(
      expect.objectContaining({ not: query.not, reviewer: "Anna", text: ["refund"] }),
    );
  });
  it("names each filter, and takes away that one alone", () => {
    const query = readOutputAddress({
      segment: ["device=ios", "country=de"],
      verdict: "incorrect",
      after: "x",
    });
    if (!query) throw new Error("The query is not understood.");
    expect(hasFilter(query)).toBe(true);
    const chips = filterChips(query);
    expect(chips.map((chip) => chip.text)).toEqual(["device = ios", "country = de", "incorrect"]);
    expect(outputAddress("mail", withFilter(query, chips[0]?.without ?? {}))).toBe(
      "/mail/output?segment=country%3Dde&verdict=incorrect",
    );
  });
});
