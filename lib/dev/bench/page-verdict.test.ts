import { expect, test } from "vitest";
import { pageVerdict } from "./page-verdict";

const times = (usual: number, slowest = usual) =>
  Array.from({ length: 40 }, (_, at) => (at < 36 ? usual : slowest));

test("a page holds, is slow, grows, or both", () => {
  expect(pageVerdict(times(50), times(60))).toMatchObject({
    growth: 1.2,
    p95Ms: 60,
    missed: [],
    words: "held",
  });
  expect(pageVerdict(times(50), times(60, 151))).toMatchObject({ missed: ["slow"], words: "slow" });
  expect(pageVerdict(times(50), times(66))).toMatchObject({ missed: ["grows"], words: "grows" });
  expect(pageVerdict(times(50), times(200))).toMatchObject({
    missed: ["slow", "grows"],
    words: "slow, grows",
  });
});

test("below the floor growth is told and is no miss, from it on it is one", () => {
  expect(pageVerdict(times(10), times(20, 29.9))).toMatchObject({
    growth: 2,
    missed: [],
    words: "below the floor",
  });
  expect(pageVerdict(times(10), times(20, 30))).toMatchObject({ missed: ["grows"] });
});

test("one slow answer moves neither the medians nor the percentile", () => {
  const once = [...times(60).slice(1), 5_000];
  expect(pageVerdict(times(50), once)).toMatchObject({ largeMs: 60, p95Ms: 60, words: "held" });
});
