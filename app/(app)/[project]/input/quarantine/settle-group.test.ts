import { afterEach, expect, it, vi } from "vitest";

import { settledSentence, settleGroup } from "./settle-group";

afterEach(() => vi.unstubAllGlobals());

it("says what became of a group", () => {
  const none = { released: 0, held: 0, discarded: 0 };
  expect(settledSentence({ kind: "replay" }, { ...none, released: 1200 })).toBe(
    "1,200 records taken over as outputs",
  );
  expect(settledSentence({ kind: "replay" }, { ...none, held: 3 })).toBe(
    "No record was taken over; 3 still break a rule or cannot be read",
  );
  expect(settledSentence({ kind: "accept", note: "x" }, { ...none, released: 1, held: 1 })).toBe(
    "1 record taken over as outputs; 1 still breaks a rule or cannot be read",
  );
  expect(settledSentence({ kind: "discard", note: "x" }, { ...none, discarded: 2 })).toBe(
    "2 records discarded",
  );
});

it("says how far it is after each call, and goes no further when it is stopped", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", (_path: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    const next = asked.length < 5 ? `01890000-0000-7000-8000-00000000000${asked.length}` : null;
    return Promise.resolve(Response.json({ released: 90, held: 10, discarded: 0, next }));
  });
  const group = { kind: "output" as const, code: "TOO_DEEP" };
  const done: number[] = [];
  const onDone = (records: number) => done.push(records);
  const whole = await settleGroup(
    "refunds",
    group,
    { kind: "replay" },
    { signal: new AbortController().signal, onDone },
  );
  expect([whole.released, done, asked.length]).toEqual([450, [100, 200, 300, 400, 500], 5]);
  expect(asked[1]).toEqual({ ...group, after: "01890000-0000-7000-8000-000000000001" });

  asked.length = 0;
  const stop = new AbortController();
  const part = await settleGroup(
    "refunds",
    group,
    { kind: "replay" },
    { signal: stop.signal, onDone: (records) => records >= 200 && stop.abort() },
  );
  expect([part.released, part.held, asked.length]).toEqual([180, 20, 2]);
});
