import { expect, test } from "vitest";
import { newDetectorState, openDetector } from "@/lib/stats/e-detector";
import { feedDetector, openSegmentDetector, startedAt } from "./feed-detector";

const limits = { boundaryError: 0.05, logThreshold: Math.log(2_000) };
const observations = (text: string) =>
  Array.from(text, (each) => ({ error: each === "x" ? 1 : 0, weight: 1 }));
const good = observations("..........x...................".repeat(2));
const bad = observations("x.x..x.x.xx.x.xx.xxx");

test("evidence, peak and state are those of the detector", () => {
  const detector = openDetector(limits.boundaryError);
  const path = good.map(({ error, weight }) => detector.step(error, weight));
  const fed = feedDetector(newDetectorState(), good, limits);
  expect(fed).toEqual({
    state: detector.state(),
    logEvidence: path.at(-1),
    peak: Math.max(...path),
    alarms: [],
  });
});

test("an alarm says where it was reached and where the change began, and the detector starts from zero", () => {
  const fed = feedDetector(newDetectorState(), [...good, ...bad], limits);
  expect(fed.alarms.length).toBeGreaterThan(0);
  const [alarm] = fed.alarms;
  if (!alarm) throw new Error("There was an alarm.");
  expect(alarm.logEvidence).toBeGreaterThanOrEqual(limits.logThreshold);
  expect(alarm.changeStart).toBe(good.length);
  expect(alarm.observation).toBeGreaterThan(good.length);
  expect(fed.peak).toBeGreaterThanOrEqual(alarm.logEvidence);
  const rest = [...good, ...bad].slice(alarm.observation + 1);
  const after = feedDetector(startedAt(alarm.observation + 1), rest, limits);
  expect(after.state).toEqual(fed.state);
  expect(after.alarms).toEqual(fed.alarms.slice(1));
});

test("an alarm with the last observation leaves no evidence", () => {
  const whole = [...good, ...bad];
  const first = feedDetector(newDetectorState(), whole, limits).alarms[0]?.observation ?? 0;
  const fed = feedDetector(newDetectorState(), whole.slice(0, first + 1), limits);
  expect(fed.logEvidence).toBe(0);
  expect(fed.state).toEqual(startedAt(first + 1));
  expect(fed.peak).toBe(fed.alarms[0]?.logEvidence);
});

test("going on from a stored state is the same run", () => {
  const all = [...good, ...bad, ...good, ...bad];
  const detector = openSegmentDetector(limits);
  const alarms = all.flatMap((each) => detector.feed(each) ?? []);
  let state = newDetectorState();
  const parts = [];
  for (let at = 0; at < all.length; at += 7) {
    const stored = JSON.parse(JSON.stringify(state)) as typeof state;
    const fed = feedDetector(stored, all.slice(at, at + 7), limits);
    parts.push(...fed.alarms);
    state = fed.state;
  }
  expect(parts.map(({ observation, changeStart }) => ({ observation, changeStart }))).toEqual(
    alarms.map(({ observation, changeStart }) => ({ observation, changeStart })),
  );
  expect(state.observations).toBe(all.length);
  expect(() => feedDetector(state, [], limits)).toThrow(RangeError);
});
