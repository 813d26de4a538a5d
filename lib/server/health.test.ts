import type { statfsSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { livenessCheck, readinessCheck, requireDiskSpace } from "./health";

afterEach(() => void vi.useRealTimers());

function check(probe: () => Promise<void>) {
  const state = { now: 0, draining: false, probes: 0 };
  const ready = readinessCheck({
    now: () => state.now,
    isDraining: () => state.draining,
    probe: () => {
      state.probes += 1;
      return probe();
    },
  });
  return { state, ready };
}

test("ready when a write was committed, unready when not, asked once a second", async () => {
  let works = true;
  const { state, ready } = check(async () => {
    if (!works) throw new Error("planted: 53100 disk full");
  });
  expect(await Promise.all([ready(), ready(), ready()])).toEqual(["ready", "ready", "ready"]);
  expect(state.probes).toBe(1);
  works = false;
  state.now = 999;
  expect(await ready()).toBe("ready");
  state.now = 1000;
  expect(await ready()).toBe("unready");
  works = true;
  state.now = 2000;
  expect(await ready()).toBe("ready");
  expect(state.probes).toBe(3);
});

test("draining is said at once and asks nobody", async () => {
  const { state, ready } = check(async () => undefined);
  state.draining = true;
  expect(await ready()).toBe("draining");
  expect(state.probes).toBe(0);
});

test("a probe that hangs counts as unready after a second", async () => {
  vi.useFakeTimers();
  const { ready } = check(() => new Promise(() => undefined));
  let said: string | null = null;
  const asked = ready().then((answer) => (said = answer));
  await vi.advanceTimersByTimeAsync(999);
  expect(said).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(await asked).toBe("unready");
});

test("an idle process is alive", () => {
  expect(livenessCheck()()).toBe(true);
});

test("little disk is a fault only when it is little in share and in bytes", () => {
  const disk = (free: number, total: number) =>
    (() => ({ bavail: free, blocks: total, bsize: 1024 ** 2 })) as unknown as typeof statfsSync;
  expect(() => requireDiskSpace("/", disk(100, 10_000))).toThrow("nearly full");
  expect(() => requireDiskSpace("/", disk(40_000, 1_000_000))).not.toThrow();
  expect(() => requireDiskSpace("/", disk(900, 1_000))).not.toThrow();
});
