import { expect, test } from "vitest";
import { makeHistory } from "./history";
import { replaySettings } from "./replay-settings";
import { prepareHistory, runDraw } from "./run-draw";
import { runDraws } from "./run-draws";
import { syntheticOutputs } from "./testing/synthetic-outputs";
import { syntheticSettings } from "./testing/synthetic-settings";

const history = makeHistory(
  syntheticOutputs({ pilotDays: 14, productionDays: 35, perDay: 60, seed: 1, accuracy: () => 0.7 }),
);
const settings = replaySettings(syntheticSettings({ floor: 0.85 }));
const forever = new AbortController().signal;

test("threads give the outcomes that one would, in the order of the draws", async () => {
  const done: number[] = [];
  const outcomes = await runDraws(history, settings, {
    draws: 5,
    threads: 2,
    signal: forever,
    progress: (count) => done.push(count),
  });
  const prepared = prepareHistory(history, settings.attributes);
  expect(outcomes).toEqual([1, 2, 3, 4, 5].map((draw) => runDraw(prepared, settings, draw)));
  expect(done).toEqual([1, 2, 3, 4, 5]);
  expect(outcomes.some(({ budgets }) => (budgets[0]?.alarms.length ?? 0) > 0)).toBe(true);
});

test("an abort ends all threads with its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("It was cancelled.");
  const run = runDraws(history, settings, {
    draws: 100_000,
    threads: 2,
    signal: stop.signal,
    progress: (count) => count === 3 && stop.abort(reason),
  });
  await expect(run).rejects.toBe(reason);
  await expect(
    runDraws(history, settings, { draws: 1, signal: stop.signal, progress: () => undefined }),
  ).rejects.toBe(reason);
});

test("what fails in a thread is told", async () => {
  const broken = { ...settings, budgets: [Number.NaN] };
  const run = runDraws(history, broken, {
    draws: 3,
    threads: 2,
    signal: forever,
    progress: () => undefined,
  });
  await expect(run).rejects.toThrow(RangeError);
});
