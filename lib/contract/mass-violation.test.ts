import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { countSeen, mergeSeen, type SeenCounts, seenRecords, seenRows } from "./count-seen";
import { isMassViolation, isOver, likelyStart, massShare } from "./mass-violation";

const code = (records: number) => ({ code: "VALUE_UNSEEN_LABEL", records, paths: [] });
const window = (records: number, hits: number) => ({ records, codes: [code(hits)] });

describe("a mass violation", () => {
  it("is a fifth of two hundred records, and ten times what the pilot leads to expect", () => {
    expect(isMassViolation(window(200, 40), code(40), 0)).toBe(true);
    expect(isMassViolation(window(200, 39), code(39), 0)).toBe(false);
    expect(isMassViolation(window(199, 199), code(199), 0)).toBe(false);
    expect(massShare(0.05)).toBe(0.5);
    expect(isMassViolation(window(200, 90), code(90), 0.05)).toBe(false);
    expect(isMassViolation(window(200, 100), code(100), 0.05)).toBe(true);
  });

  it("is over below half of that share, and not for want of records", () => {
    expect(isOver(window(200, 19), "VALUE_UNSEEN_LABEL", 0)).toBe(true);
    expect(isOver(window(200, 20), "VALUE_UNSEEN_LABEL", 0)).toBe(false);
    expect(isOver(window(199, 0), "VALUE_UNSEEN_LABEL", 0)).toBe(false);
    expect(isOver({ records: 200, codes: [] }, "VALUE_UNSEEN_LABEL", 0)).toBe(true);
  });

  it("began where the share rose", () => {
    const minutes = Array.from({ length: 100 }, (_, at) => ({
      minute: new Date(at * 60_000),
      records: 20,
      hits: at < 70 ? (at % 20 === 0 ? 1 : 0) : 17,
    }));
    expect(likelyStart(minutes, 0.002, 0.85)).toEqual(new Date(70 * 60_000));
    expect(likelyStart([], 0, 0.5)).toBeNull();
  });

  it("comes up by chance never, not even where a rule is broken three times as often as the pilot said", () => {
    const random = seededRandom(20_261_206);
    let [tripped, looks] = [0, 0];
    for (const share of [0.01, 0.03, 0.06]) {
      for (let run = 0; run < 200; run += 1) {
        const hits: number[] = [];
        for (let at = 0; at < 2_000; at += 1) {
          hits.push(random() < share ? 1 : 0);
          if (at < 199 || at % 10 !== 9) continue;
          const recent = hits.slice(-200).reduce((sum, each) => sum + each, 0);
          looks += 1;
          if (isMassViolation(window(200, recent), code(recent), share / 3)) tripped += 1;
        }
      }
    }
    report(`breaker: ${tripped} of ${looks} looks at clean traffic`);
    expect(tripped).toBe(0);
  });
});

describe("counts of what was seen", () => {
  it("count a record once for each code, whatever its paths, and add up in any order", () => {
    const [a, b]: [SeenCounts, SeenCounts] = [new Map(), new Map()];
    countSeen(a, 61_000, [
      { code: "FIELD_EMPTY", path: "/input/a" },
      { code: "FIELD_EMPTY", path: "/input/b" },
    ]);
    countSeen(b, 119_000, [{ code: "FIELD_EMPTY", path: "/input/a" }]);
    countSeen(b, 120_000, []);
    mergeSeen(a, b);
    expect(seenRecords(a)).toBe(3);
    const minute = new Date(60_000).toISOString();
    expect(seenRows(a)).toEqual([
      { minute, code: "", path: "", records: 2 },
      { minute, code: "FIELD_EMPTY", path: "", records: 2 },
      { minute, code: "FIELD_EMPTY", path: "/input/a", records: 2 },
      { minute, code: "FIELD_EMPTY", path: "/input/b", records: 1 },
      { minute: new Date(120_000).toISOString(), code: "", path: "", records: 1 },
    ]);
  });

  it("stay few, however many places break", () => {
    const seen: SeenCounts = new Map();
    for (let at = 0; at < 5_000; at += 1) countSeen(seen, 0, [{ code: "FIELD_EMPTY", path: `/input/${at}` }]);
    expect(seenRows(seen)).toHaveLength(202);
    expect(seen.get(0)?.codes.get("FIELD_EMPTY")).toBe(5_000);
  });
});
