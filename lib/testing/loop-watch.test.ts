import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { watchLoop } from "./loop-watch";

it("sees a loop that is kept busy, and not one that waits", async () => {
  const busy = watchLoop();
  await wait(20);
  const start = process.cpuUsage();
  const used = () => process.cpuUsage(start).user + process.cpuUsage(start).system;
  while (used() < 150_000) Math.sqrt(2);
  await wait(20);
  expect(busy.end().ownMs).toBeGreaterThan(100);
  const idle = watchLoop();
  await wait(300);
  expect(idle.end().ownMs).toBeLessThan(100);
});
