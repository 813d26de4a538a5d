import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { recentRepeats } from "./recent-repeats";
import type { ContentKey } from "./repeats";

const key = (input: string, output = "yes"): ContentKey => ({ input, output });

it("tells inputs that come again within a hundred, with the same answer or another", () => {
  const fillers = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => key(`filler ${from + at}`));
  const keys = [
    key("a"),
    key("a"),
    key("a", "no"),
    ...fillers(0, 99),
    key("a"),
    ...fillers(200, 100),
    key("a"),
  ];
  const { repeats, recent } = recentRepeats(keys, []);
  expect(repeats.filter((_, at) => keys[at]?.input === "a")).toEqual([
    "first",
    "same",
    "other",
    "other",
    "first",
  ]);
  expect(recent).toHaveLength(100);
});

it("says the same in whatever division they are counted, and however many come in a day", () => {
  const random = seededRandom(91);
  const make = (count: number) =>
    Array.from({ length: count }, () => key(String(Math.floor(2000 * random()))));
  const keys = make(900);
  const whole = recentRepeats(keys, []).repeats;
  let before: ContentKey[] = [];
  const parts = [7, 250, 1, 642].map((size, at, sizes) => {
    const from = sizes.slice(0, at).reduce((sum, each) => sum + each, 0);
    const counted = recentRepeats(keys.slice(from, from + size), before);
    before = counted.recent;
    return counted.repeats;
  });
  expect(parts.flat()).toEqual(whole);
  const share = (repeats: readonly string[]) =>
    repeats.filter((each) => each !== "first").length / repeats.length;
  const long = recentRepeats(make(60_000), []).repeats;
  expect(Math.abs(share(long) - share(long.slice(100, 3_100)))).toBeLessThan(0.015);
});
