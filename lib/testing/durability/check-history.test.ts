import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { checkHistory, type FindingKind, type StoredOutput, type StoredState } from "./check-history";
import { COUNTER_NAMES, type Counters, type Operation, type Outcome, type SentRecord } from "./operation";

const zero = (): Counters => ({
  received: 0,
  accepted: 0,
  flagged: 0,
  duplicates: 0,
  conflicts: 0,
  quarantined: 0,
  refused: 0,
});

function storedOutput(id: string, hash: string): StoredOutput {
  const randomNumber = seededRandom(Number(id.replace(/\D/g, "")))();
  const samples = randomNumber < 0.3 ? 1 : 0;
  return { id, hash, randomNumber, expectedRandomNumber: randomNumber, rate: 0.3, samples, slots: samples };
}

/** A store that keeps its word, and what 4 senders saw of it: answers get lost, requests get refused, batches come again. */
function honestRun(seed: number): { history: Operation[]; stored: StoredState } {
  const random = seededRandom(seed);
  const outputs = new Map<string, StoredOutput>();
  const conflicts = new Map<string, { id: string; hash: string }>();
  const quarantined: { id: string }[] = [];
  const ledger = zero();
  const history: Operation[] = [];
  let latest: SentRecord[] = [];
  for (let at = 0; at < 60; at += 1) {
    const again = random() < 0.3;
    const records = again ? latest : someRecords(random, at, [...outputs.keys()]);
    latest = records;
    const outcome: Outcome = (["ok", "ok", "fail", "unknown"] as const)[Math.floor(random() * 4)] ?? "ok";
    const counters = zero();
    if (outcome === "ok" || (outcome === "unknown" && random() < 0.5)) {
      counters.received = records.length;
      for (const record of records) counters[deliver(record)] += 1;
      for (const name of COUNTER_NAMES) ledger[name] += counters[name];
    }
    history.push({
      process: at % 4,
      op: "ingest",
      start: at,
      end: at + 1,
      outcome,
      status: outcome === "ok" ? 202 : outcome === "fail" ? 503 : null,
      records,
      counters: outcome === "ok" ? counters : null,
    });
  }
  return {
    history,
    stored: {
      outputs: [...outputs.values()],
      conflicts: [...conflicts.values()],
      quarantined,
      ledger,
      population: outputs.size,
    },
  };

  function deliver({ id, intent, hash }: SentRecord): keyof Counters {
    if (intent === "broken") {
      quarantined.push({ id });
      return "quarantined";
    }
    const known = outputs.get(id);
    if (!known) {
      outputs.set(id, storedOutput(id, hash));
      return "accepted";
    }
    if (known.hash === hash) return "duplicates";
    conflicts.set(`${id} ${hash}`, { id, hash });
    return "conflicts";
  }
}

function someRecords(random: () => number, at: number, taken: string[]): SentRecord[] {
  return Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index): SentRecord => {
    const id = `r${at * 10 + index}`;
    const known = taken[Math.floor(random() * taken.length)];
    if (random() < 0.1) return { id: `broken-${id}`, intent: "broken", hash: "none" };
    if (known && random() < 0.2)
      return { id: known, intent: "conflict", hash: `other-${Math.floor(random() * 2)}` };
    return { id, intent: "fresh", hash: `hash-${id}` };
  });
}

function acknowledged({ history }: { history: Operation[] }, intent: SentRecord["intent"]): SentRecord[] {
  const sent = history.flatMap(({ outcome, records }) => (outcome === "ok" ? records : []));
  return sent.filter((record) => record.intent === intent);
}

function acknowledgedIds(
  made: { history: Operation[] },
  intent: SentRecord["intent"] = "fresh",
): Set<string> {
  return new Set(acknowledged(made, intent).map(({ id }) => id));
}

const run = () => honestRun(7);
const kinds = ({ history, stored }: ReturnType<typeof run>): FindingKind[] =>
  checkHistory(history, stored).findings.map(({ kind }) => kind);

test("a store that keeps its word passes, in 200 histories with lost answers, refusals and repeats", () => {
  let acknowledged = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const { history, stored } = honestRun(seed);
    const report = checkHistory(history, stored);
    expect(report.findings, `seed ${seed}`).toEqual([]);
    acknowledged += report.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(10_000);
});

test("counts operations by outcome and acknowledged records of every kind once", () => {
  const { history, stored } = run();
  const report = checkHistory(history, stored);
  expect(Object.values(report.operations).reduce((sum, count) => sum + count, 0)).toBe(60);
  const distinct = (["fresh", "conflict", "broken"] as const).map(
    (intent) => new Set(acknowledged({ history }, intent).map(({ id, hash }) => `${id} ${hash}`)).size,
  );
  expect(Math.min(...distinct)).toBeGreaterThan(0);
  expect(report.acknowledged).toBe(distinct.reduce((sum, count) => sum + count, 0));
});

test("each acknowledged output that is missing is found, whichever it is", () => {
  const whole = run();
  const told = acknowledgedIds(whole);
  expect(told.size).toBeGreaterThan(50);
  for (const id of told) {
    const planted = run();
    planted.stored.outputs = planted.stored.outputs.filter((output) => output.id !== id);
    const { findings } = checkHistory(planted.history, planted.stored);
    expect(findings.filter(({ kind }) => kind === "lost").map(({ subject }) => subject)).toEqual([id]);
  }
});

test("an acknowledged conflict or quarantined record that is missing is found", () => {
  const conflict = run();
  const [known] = acknowledgedIds(conflict, "conflict");
  conflict.stored.conflicts = conflict.stored.conflicts.filter(({ id }) => id !== known);
  expect(kinds(conflict)).toContain("lost");
  const version = run();
  const [first] = version.stored.conflicts;
  if (first) version.stored.conflicts.push(first);
  expect(kinds(version)).toContain("doubled");
  const broken = run();
  const [held] = acknowledgedIds(broken, "broken");
  broken.stored.quarantined = broken.stored.quarantined.filter(({ id }) => id !== held);
  expect(kinds(broken)).toEqual(expect.arrayContaining(["lost", "ledger"]));
});

test("an output that is stored twice is found, also when its sender does not know whether it arrived", () => {
  const planted = run();
  const told = acknowledgedIds(planted);
  const unsure = planted.stored.outputs.find(({ id }) => !told.has(id));
  const sure = planted.stored.outputs.find(({ id }) => told.has(id));
  for (const twice of [unsure, sure]) {
    expect(twice).toBeDefined();
    const again = run();
    if (twice) again.stored.outputs.push(twice);
    expect(kinds(again)).toContain("doubled");
  }
});

test("a refused record that is stored after all, and one that nobody sent, are ghosts", () => {
  const planted = run();
  const happened = new Set(
    planted.history
      .flatMap(({ outcome, records }) => (outcome === "fail" ? [] : records))
      .map(({ id }) => id),
  );
  const refused = planted.history
    .flatMap(({ records }) => records)
    .find(({ id, intent }) => intent === "fresh" && !happened.has(id));
  expect(refused).toBeDefined();
  for (const id of [refused?.id ?? "", "nobody-sent-1"]) {
    const again = run();
    again.stored.outputs.push(storedOutput(id, `hash-${id}`));
    again.stored.population += 1;
    const { findings } = checkHistory(again.history, again.stored);
    expect(findings.find(({ kind }) => kind === "ghost")?.subject).toBe(id);
  }
});

test("changed content is found: also when a conflicting version has taken the first one's place", () => {
  const planted = run();
  const [id] = acknowledgedIds(planted, "conflict");
  const output = planted.stored.outputs.find((each) => each.id === id);
  if (output) output.hash = "other-0";
  expect(kinds(planted)).toEqual(["changed"]);
});

test("every counter of the ledger that is off by one is found, in either direction", () => {
  for (const name of COUNTER_NAMES) {
    for (const by of [-1, 1]) {
      const planted = run();
      planted.stored.ledger[name] += by;
      expect(kinds(planted), `${name} ${by}`).toContain("ledger");
    }
  }
  const shifted = run();
  shifted.stored.ledger.accepted -= 1;
  shifted.stored.ledger.duplicates += 1;
  expect(kinds(shifted)).toContain("ledger");
});

test("a sample that is missing, doubled, without a slot or not drawn by its hash is found", () => {
  const faults: ((output: StoredOutput) => void)[] = [
    (output) => (output.samples = 0),
    (output) => (output.samples = 2),
    (output) => (output.slots = 0),
    (output) => (output.slots = 3),
    (output) => (output.expectedRandomNumber = 0.123),
    (output) => (output.rate = 0),
  ];
  for (const plant of faults) {
    const planted = run();
    const sampled = planted.stored.outputs.find(({ samples }) => samples === 1);
    expect(sampled).toBeDefined();
    if (sampled) plant(sampled);
    expect(kinds(planted)).toContain("sampling");
  }
});

test("population counts that differ from the outputs are found", () => {
  const planted = run();
  planted.stored.population -= 1;
  expect(kinds(planted)).toEqual(["population"]);
});
