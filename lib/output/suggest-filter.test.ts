import { describe, expect, it } from "vitest";

import { parseFilter } from "./parse-filter";
import { attributesOf, type FilterOptions, suggestFilters } from "./suggest-filter";

const OPTIONS: FilterOptions = {
  segments: [
    { attribute: "language", value: "de", count: 1200 },
    { attribute: "language", value: "fr", count: 300 },
    { attribute: "language", value: "pt br", count: 3 },
    { attribute: "channel", value: "web", count: 900 },
    { attribute: "version", value: "a", count: 1 },
  ],
  versions: [{ value: "2026-11", count: 2000 }, { value: "2026-10" }],
  flags: [{ value: "VALUE_UNSEEN_CATEGORY", count: 12 }],
  reviewers: [{ value: "Anna Lee", count: 1000 }],
  recent: 2000,
};
/** "|" stands for the caret. */
const suggest = (text: string) =>
  suggestFilters(text.replace("|", ""), text.indexOf("|"), { options: OPTIONS, today: "2026-11-30" });
const labels = (text: string) => suggest(text).map(({ label }) => label);
const first = (text: string) => {
  const [found] = suggest(text);
  if (!found) throw new Error(`Nothing is suggested for ${text}`);
  return `${found.text.slice(0, found.caret)}|${found.text.slice(found.caret)}`;
};

describe("names", () => {
  it("begin with the attributes of the project", () => {
    expect(labels("|").slice(0, 5)).toEqual(["language=", "channel=", '"version"=', "version=", "phase="]);
    expect(suggest("|")[0]?.detail).toBe("attribute, de, fr … 3 values");
    expect(suggest("|").length).toBeLessThanOrEqual(12);
  });
  it("are found by their beginning, and stay where they are typed", () => {
    expect(first("lang|")).toBe("language=|");
    expect(first("x ver| language=de")).toBe('x "version"=| language=de');
    expect(first("-ch|")).toBe("-channel=|");
    expect(labels("-fro|")).toEqual([]);
    expect(first("lan|guage=de")).toBe("language=|");
  });
});

describe("values", () => {
  it("are those that occur, with how often", () => {
    expect(labels("language=|")).toEqual(["de", "fr", "pt br"]);
    expect(suggest("language=|")[0]?.detail).toBe("1,200 outputs");
    expect(suggest("version=|").map(({ detail }) => detail)).toEqual(["2,000 of the newest 2,000", ""]);
    expect(labels("flag=val|")).toEqual(["VALUE_UNSEEN_CATEGORY"]);
    expect(suggest("reviewer=an|")[0]?.detail).toBe("1,000 reviews or more");
    expect(suggest("from=week|")[0]?.label).toBe("2026-11-03");
    expect(labels("state=|")).toContain("not_drawn");
  });
  it("come with their quotes, and the typing goes on behind them", () => {
    expect(first("language=pt|")).toBe('language="pt br" |');
    expect(first("-channel=w| verdict=wrong")).toBe("-channel=web |verdict=wrong");
    expect(first('"version"=|')).toBe('"version"=a |');
  });
  it("are found by a word alone, which may also be an id or a text", () => {
    expect(labels("web|")).toEqual(["channel=web", "id=web", "web"]);
    expect(labels("zz|")).toEqual(["id=zz", "zz"]);
  });
});

it("suggests only what the language understands", () => {
  const attributes = attributesOf(OPTIONS);
  let looked = 0;
  for (const text of ["|", "web|", "-web|", "d|", ...suggest("|").map(({ text }) => `${text}|`)]) {
    for (const suggestion of suggest(text).filter(({ complete }) => complete)) {
      expect(parseFilter(suggestion.text, attributes).problems).toEqual([]);
      looked += 1;
    }
  }
  expect(looked).toBeGreaterThan(20);
});
