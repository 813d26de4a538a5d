import { expect, test } from "vitest";
import { createDrain, type DrainStep } from "./drain";

function drainWith(steps: DrainStep[], limitSeconds = 30) {
  const codes: number[] = [];
  const lines: string[] = [];
  const drain = createDrain({
    noticeSeconds: 0,
    steps,
    limitSeconds,
    exit: (code) => codes.push(code),
    log: (line) => lines.push(line),
  });
  return { drain, codes, lines };
}

test("runs the steps in order, also after one that failed, and ends with 1 then", async () => {
  const order: string[] = [];
  const { drain, codes, lines } = drainWith([
    { name: "requests", run: () => void order.push("requests") },
    {
      name: "worker",
      run: () => {
        throw new Error("planted");
      },
    },
    { name: "database", run: async () => void order.push("database") },
  ]);
  expect(drain.isDraining()).toBe(false);
  await drain.begin("asked");
  expect(drain.isDraining()).toBe(true);
  expect(order).toEqual(["requests", "database"]);
  expect(lines).toEqual(["worker: planted"]);
  expect(codes).toEqual([1]);
});

test("ends with 0 when asked, with 1 after a failed start", async () => {
  const asked = drainWith([]);
  await asked.drain.begin("asked");
  expect(asked.codes).toEqual([0]);
  const failed = drainWith([]);
  await failed.drain.begin("failed");
  expect(failed.codes).toEqual([1]);
});

test("the second signal ends the process at once", async () => {
  let release = () => undefined as void;
  const { drain, codes } = drainWith([
    { name: "requests", run: () => new Promise<void>((resolve) => (release = resolve)) },
  ]);
  const first = drain.begin("asked");
  await drain.begin("asked");
  expect(codes).toEqual([1]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  release();
  await first;
});

test("a step that never ends meets the limit", async () => {
  const { drain, codes, lines } = drainWith(
    [{ name: "requests", run: () => new Promise(() => undefined) }],
    0.05,
  );
  void drain.begin("asked");
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(codes).toEqual([1]);
  expect(lines).toEqual(["Not everything ended in time."]);
});
