import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addRecord, mergeProfile, MOST_KEYS, MOST_PATHS, noProfile, type Profile } from "./profile";
import type { KeyedFacts } from "./record-facts";

/** Everything that a profile knows, in one order. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return [...value]
      .map(([key, each]) => [key, plain(each)])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

function profileOf(records: readonly KeyedFacts[]): Profile {
  const profile = noProfile();
  for (const { key, facts } of records) addRecord(profile, key, facts, ["input", "output"]);
  return profile;
}

const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("yes", "no", "", "n/a", "2026-02-03", "12.5", -1, 0, 7, null, true, "[]"),
  },
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 12 }),
  fc.array(fc.integer(), { maxLength: 4 }),
);
const facts = fc.record({
  input: fc.dictionary(fc.constantFrom("a", "b", "c", "d", "__proto__", "constructor"), value, {
    maxKeys: 5,
  }),
  output: fc.oneof(value, fc.record({ label: value, inner: fc.record({ x: value }) })),
});
const records = fc
  .array(facts, { maxLength: 40 })
  .map((all) => all.map((each, at): KeyedFacts => ({ key: `r${at}`, facts: each })));

describe("a profile", () => {
  it("is the same in every order and grouping", () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(), (all, first, second) => {
        const [a, b] = [first % (all.length + 1), second % (all.length + 1)].sort((x, y) => x - y);
        const whole = plain(profileOf(all));
        expect(plain(profileOf(all.toReversed()))).toEqual(whole);
        const [left, middle, right] = [all.slice(0, a), all.slice(a, b), all.slice(b)].map(profileOf);
        if (!left || !middle || !right) return;
        const leftFirst = mergeProfile(mergeProfile(mergeProfile(noProfile(), left), middle), right);
        const rightFirst = mergeProfile(
          mergeProfile(noProfile(), left),
          mergeProfile(mergeProfile(noProfile(), middle), right),
        );
        const backwards = mergeProfile(mergeProfile(mergeProfile(noProfile(), right), left), middle);
        for (const merged of [leftFirst, rightFirst, backwards]) expect(plain(merged)).toEqual(whole);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("is the same in every order when keys are data and values are many", () => {
    const all = Array.from(
      { length: 400 },
      (_, at): KeyedFacts => ({
        key: `r${at}`,
        facts: {
          input: { map: { [`k${(at * 37) % 200}`]: at }, text: `t${at % 300}`, n: at * 1.5 },
          output: 1,
        },
      }),
    );
    const whole = profileOf(all);
    const parts = mergeProfile(
      mergeProfile(noProfile(), profileOf(all.slice(250).toReversed())),
      profileOf(all.slice(0, 250)),
    );
    expect(plain(parts)).toEqual(plain(whole));
    const map = whole.roots.get("input")?.children?.get("map");
    expect(map?.manyKeys).toBe(true);
    expect(map?.children?.size).toBe(MOST_KEYS);
  });

  it("stays bounded, whatever comes", () => {
    const profile = noProfile();
    for (let at = 0; at < 200; at += 1) {
      const input = Object.fromEntries(
        Array.from({ length: 60 }, (_, key) => [`k${key}`, { [`x${at}`]: { [`y${at}`]: [at, { z: at }] } }]),
      );
      addRecord(profile, `r${at}`, { input, output: null }, ["input", "output"]);
    }
    expect(profile.paths).toBeLessThanOrEqual(MOST_PATHS);
    expect(profile.cut).toBe(true);
    let deep: unknown = 1;
    for (let at = 0; at < 60; at += 1) deep = { deep };
    addRecord(profile, "deep", { input: deep, output: Array.from({ length: 100_000 }, (_, at) => at) }, [
      "input",
      "output",
    ]);
    expect(profile.records).toBe(201);
  });
});
