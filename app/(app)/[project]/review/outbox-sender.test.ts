import { expect, test } from "vitest";
import type { OutboxEntry } from "./outbox";
import { createOutbox, type Sent } from "./outbox-sender";
import { memoryStore } from "./testing/memory-store";

const entry = (key: string, lease = `lease of ${key}`): OutboxEntry => ({
  key,
  path: "submit",
  reference: `case ${key}`,
  body: { lease_token: lease },
});
const keys = (entries: readonly { key: string }[]) => entries.map((each) => each.key);

/** A server that answers as it is told, and a clock that stands still until it is moved on. */
function makeOutbox(store = memoryStore()) {
  const server = { answers: [] as Sent[], got: [] as string[] };
  const waits: { seconds: number; over: () => void }[] = [];
  const outbox = createOutbox(
    store,
    async (sent) => {
      server.got.push(sent.key);
      return server.answers.shift() ?? "done";
    },
    (seconds, over) => {
      const one = { seconds, over };
      waits.push(one);
      return () => {
        if (waits.includes(one)) waits.splice(waits.indexOf(one), 1);
      };
    },
  );
  return { store, server, waits, outbox };
}

test("a decision is on the device before it is sent, and leaves it when the server has it", async () => {
  const { store, server, outbox } = makeOutbox();
  // Not started: another tab sends.
  expect(await outbox.add(entry("a"))).toBe(true);
  expect([keys(store.kept), server.got, outbox.state().entries.length]).toEqual([["a"], [], 1]);
  await outbox.start();
  expect(await outbox.flush()).toBe(true);
  expect([keys(store.kept), server.got, outbox.state().entries.length]).toEqual([[], ["a"], 0]);
});

test("two presses on one item are one decision", async () => {
  const { server, outbox } = makeOutbox();
  await outbox.start();
  const both = await Promise.all([outbox.add(entry("a", "one")), outbox.add(entry("b", "one"))]);
  await outbox.flush();
  expect([both, server.got]).toEqual([[true, false], ["a"]]);
});

test("the order stays over failures, and pauses grow", async () => {
  const { server, waits, outbox } = makeOutbox();
  await outbox.start();
  const failures = async (count: number) => {
    await expect.poll(() => [server.got.length, waits.length]).toEqual([count, 1]);
  };
  server.answers = ["retry", "retry", "sign-in"];
  await outbox.add(entry("a"));
  const pauses: (number | undefined)[] = [];
  for (let failed = 1; failed <= 3; failed += 1) {
    await failures(failed);
    pauses.push(waits[0]?.seconds);
    if (failed < 3) waits[0]?.over();
  }
  expect([outbox.state().stuck, pauses]).toEqual(["sign-in", [1, 2, 4]]);
  server.answers = ["sign-in"];
  await outbox.add(entry("b"));
  await failures(4);
  waits[0]?.over();
  expect(await outbox.flush()).toBe(true);
  expect(server.got).toEqual(["a", "a", "a", "a", "a", "b"]);
  expect(outbox.state()).toMatchObject({ stuck: null, entries: [] });
});

test("whoever asks during an attempt that then fails does not wait for its pause", async () => {
  const { server, waits, outbox } = makeOutbox();
  await outbox.start();
  server.answers = ["sign-in"];
  await outbox.add(entry("a"));
  // Signed in again while the answer to the old cookie is on its way.
  const early = outbox.flush();
  expect(await early).toBe(false);
  await expect.poll(() => outbox.state().entries).toEqual([]);
  expect([server.got, waits.length, outbox.state().stuck]).toEqual([["a", "a"], 0, null]);
});

test("a decision that is kept in the last moment of sending another one is sent", async () => {
  for (let gap = 0; gap < 12; gap += 1) {
    const { server, outbox } = makeOutbox();
    await outbox.start();
    await outbox.add(entry("a"));
    const sent = outbox.flush();
    // So many turns later: whether the other one has just ended, or is just ending, depends on it.
    for (let turn = 0; turn < gap; turn += 1) await Promise.resolve();
    await outbox.add(entry("b"));
    await sent;
    await expect.poll(() => outbox.state().entries, { message: `gap of ${gap}` }).toEqual([]);
    expect(server.got).toEqual(["a", "b"]);
  }
});

test("an earlier visit's decisions are sent first, and what was refused then is still shown", async () => {
  const refused = { ...entry("r"), refused: "It was removed." };
  const { server, outbox } = makeOutbox(memoryStore([refused, entry("a")]));
  await outbox.start();
  await outbox.add(entry("b"));
  await outbox.flush();
  expect(server.got).toEqual(["a", "b"]);
  // Their items must not be decided again when they come back from a draft.
  expect(["lease of a", "lease of r", "lease of c"].map(outbox.knows)).toEqual([true, true, false]);
  expect(outbox.state()).toMatchObject({ ready: true, refused: [refused] });
  await outbox.discard("r");
  expect(outbox.state().refused).toEqual([]);
});

test("what the server will never take stays visible and holds nothing up", async () => {
  const { store, server, outbox } = makeOutbox();
  await outbox.start();
  server.answers = [{ refused: "It was removed." }];
  await outbox.add(entry("a"));
  await outbox.add(entry("b"));
  await outbox.flush();
  expect(server.got).toEqual(["a", "b"]);
  expect(outbox.state().refused).toMatchObject([{ key: "a", refused: "It was removed." }]);
  expect(keys(store.kept)).toEqual(["a"]);
});

test("what came back to its author can be decided again under the same lease", async () => {
  const { store, server, outbox } = makeOutbox();
  await outbox.start();
  server.answers = ["back"];
  await outbox.add(entry("a", "one"));
  await outbox.flush();
  expect(keys(store.kept)).toEqual([]);
  expect(await outbox.add(entry("b", "one"))).toBe(true);
});

test("a browser that keeps nothing is said, and the decision is sent from memory", async () => {
  const store = memoryStore();
  const { server, outbox } = makeOutbox(store);
  store.refuses = true;
  await outbox.start();
  expect(outbox.state().lasting).toBe(false);
  server.answers = ["retry"];
  expect(await outbox.add(entry("a"))).toBe(true);
  expect(await outbox.flush()).toBe(false);
  expect(await outbox.flush()).toBe(true);
  expect([outbox.state().lasting, server.got, outbox.state().entries]).toEqual([false, ["a", "a"], []]);
});

test("a tab that another one took over sends nothing more, and shows what is there when it goes on", async () => {
  const { store, server, outbox } = makeOutbox();
  await outbox.start();
  outbox.stop();
  await outbox.add(entry("a"));
  expect(server.got).toEqual([]);
  // The other tab has sent it meanwhile.
  await store.forget("a");
  outbox.stop();
  await outbox.start();
  await outbox.flush();
  expect([server.got, outbox.state().entries]).toEqual([[], []]);
});
