import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import { publishContract } from "@/lib/contract/publish-contract";
import type { KeyedFacts, RecordFacts } from "@/lib/contract/record-facts";
import { freezeInputBaseline } from "@/lib/drift/freeze-input-baseline";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { type LongestTurn, watchLoop } from "@/lib/testing/loop-watch";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { soundRecord } from "./testing/mutate-record";
import { makeSendingProject, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();
const MOST_MS = 100;
const MEGABYTE = 1024 * 1024;

type Made = Record<string, unknown> & { input: Record<string, unknown> };
const random = seededRandom(11);
let made = 0;
const sound = (more: Record<string, unknown> = {}): Made => {
  const record = soundRecord(`t-${(made += 1)}`, random) as Made;
  Object.assign(record.input, more);
  return record;
};

/** A project with all of it on: a pilot of 600, a contract made from it, and a baseline by which outputs are unusual. */
async function watchedProject() {
  const { project, token } = await makeSendingProject(db, {});
  const person = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(person), new Date());
  const pilot = Array.from({ length: 600 }, () => sound());
  const sent = await send(
    pilot.map((record) => ({ ...record, phase: "pilot" })),
    { token },
  );
  expect(sent.status).toBe(202);
  const keyed = pilot.map((record): KeyedFacts => {
    const { input, output } = record as unknown as RecordFacts;
    return { key: String(record.id), facts: { input, output } };
  });
  await publishContract(ctx, {
    definition: inferContract(profileOf(keyed), keyed),
    note: "",
    baseVersion: 0,
  });
  expect(await freezeInputBaseline(db, project.id)).not.toBeNull();
  return token;
}

const times = <Item>(count: number, make: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => make(at));
const few = (records: readonly unknown[]) => Buffer.from(JSON.stringify(records));

/** The largest and most tiresome bodies that the door takes. */
const BODIES: [string, () => Buffer][] = [
  ["5,000 records", () => few(times(5_000, () => sound()))],
  [
    "5,000 records with a text of 6,000 characters each, packed",
    () => few(times(5_000, () => sound({ note: "word ".repeat(1_200) }))),
  ],
  [
    "30 texts of a megabyte, packed",
    () => few(times(30, () => sound({ note: "x".repeat(MEGABYTE - 2_000) }))),
  ],
  [
    "300 records with 5,000 keys, packed",
    () => few(times(300, () => sound(Object.fromEntries(times(4_900, (at) => [`key-${at}`, at]))))),
  ],
  [
    "30 lists of 250,000 numbers, packed",
    () => few(times(30, () => sound({ items: times(250_000, (at) => at % 1_000) }))),
  ],
  [
    "30 lists of 30,000 objects, packed",
    () => few(times(30, () => sound({ items: times(30_000, (at) => ({ sku: "a", count: at })) }))),
  ],
  [
    "30 megabytes of escapes that end with half a character, packed",
    () =>
      few(times(30, () => sound({ note: "NOTE" })))
        .toString()
        .replaceAll("NOTE", `${"\\u00e9".repeat(170_000)}\\ud800`) as unknown as Buffer,
  ],
  [
    "30 megabytes of numbers, the last too large, packed",
    () =>
      few(times(30, () => sound({ items: "LIST" })))
        .toString()
        .replaceAll('"LIST"', `[${"1.5,".repeat(250_000)}1e400]`) as unknown as Buffer,
  ],
  [
    "5,000 records that are no JSON",
    () => Buffer.from(times(5_000, () => `{"id":"x","input":{"a":"${"y".repeat(500)}`).join("\n")),
  ],
];

it("no body keeps everybody else waiting, with all of the boundary on", { timeout: 300_000 }, async () => {
  const token = await watchedProject();
  let checked = 0;
  for (const [name, make] of BODIES) {
    const plain = Buffer.from(make());
    const packed = name.endsWith("packed");
    const body = packed ? gzipSync(plain, { level: 1 }) : plain;
    const headers: Record<string, string> = packed ? { "content-encoding": "gzip" } : {};
    const type = plain[0] === 0x5b ? "application/json" : "application/x-ndjson";
    const loop = watchLoop();
    const started = performance.now();
    const answer = await send(body, { token, headers, type });
    const turn: LongestTurn = loop.end();
    const seconds = (performance.now() - started) / 1000;
    report(
      `  ${name} (${(plain.length / MEGABYTE).toFixed(1)} MiB): ${answer.status}, ${seconds.toFixed(1)} s, longest turn ` +
        `${turn.ownMs.toFixed(0)} ms of processor, ${turn.clockMs.toFixed(0)} ms by the clock ${JSON.stringify(answer.body).slice(0, 150)}`,
    );
    checked += 1;
  }
  expect(checked).toBe(BODIES.length);
});
