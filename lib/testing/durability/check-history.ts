import { COUNTER_NAMES, type Counters, type Intent, type Operation, type Outcome } from "./operation";

export interface StoredOutput {
  id: string;
  hash: string;
  /** Its sampling hash, recomputed from the secret. */
  expectedRandomNumber: number;
  randomNumber: number;
  rate: number;
  samples: number;
  slots: number;
}

/** What the database holds when everything has come to rest. */
export interface StoredState {
  outputs: StoredOutput[];
  conflicts: { id: string; hash: string }[];
  quarantined: { id: string }[];
  ledger: Counters;
  /** Outputs in the overall population counters. */
  population: number;
}

export type FindingKind = "lost" | "doubled" | "ghost" | "changed" | "ledger" | "sampling" | "population";

export interface Finding {
  kind: FindingKind;
  /** The output's id, or the counter's name. */
  subject: string;
  detail: string;
}

export interface HistoryReport {
  operations: Record<Outcome, number>;
  /** Distinct records whose storing was acknowledged. */
  acknowledged: number;
  findings: Finding[];
}

interface Tally {
  ok: number;
  fail: number;
  unknown: number;
  /** Contents sent under this id with this intent. */
  hashes: Set<string>;
}

type Told = Record<Intent, Map<string, Tally>>;

/**
 * Compares what the senders were told with what is stored: ok means present once and equal, fail means absent, unknown means at most
 * once; the ledger adds up to a recount; each output was sampled or not by its own hash and rate, once.
 */
export function checkHistory(history: readonly Operation[], stored: StoredState): HistoryReport {
  const operations: Record<Outcome, number> = { ok: 0, fail: 0, unknown: 0 };
  const told: Told = { fresh: new Map(), conflict: new Map(), broken: new Map() };
  for (const operation of history) {
    operations[operation.outcome] += 1;
    for (const { id, intent, hash } of operation.records) {
      const key = intent === "conflict" ? versionKey(id, hash) : id;
      const tally = told[intent].get(key) ?? { ok: 0, fail: 0, unknown: 0, hashes: new Set() };
      tally[operation.outcome] += 1;
      tally.hashes.add(hash);
      told[intent].set(key, tally);
    }
  }
  const findings = [
    ...checkOutputs(told.fresh, stored.outputs),
    ...checkConflicts(told.conflict, stored.conflicts),
    ...checkQuarantine(told.broken, stored.quarantined),
    ...checkLedger(history, stored),
    ...stored.outputs.flatMap(checkSampling),
  ];
  if (stored.population !== stored.outputs.length) {
    const detail = `population counts say ${stored.population}, there are ${stored.outputs.length} outputs`;
    findings.push({ kind: "population", subject: "outputs", detail });
  }
  const acknowledged = Object.values(told).reduce((sum, tallies) => sum + countOk(tallies), 0);
  return { operations, acknowledged, findings };
}

function countOk(tallies: Map<string, Tally>): number {
  let count = 0;
  for (const tally of tallies.values()) if (tally.ok > 0) count += 1;
  return count;
}

function checkOutputs(told: Map<string, Tally>, outputs: readonly StoredOutput[]): Finding[] {
  const findings = checkPresence(told, groupById(outputs), () => 1, "output");
  for (const { id, hash } of outputs) {
    const tally = told.get(id);
    if (tally && !tally.hashes.has(hash)) {
      findings.push({
        kind: "changed",
        subject: id,
        detail: `stored ${hash}, sent ${[...tally.hashes].join(" or ")}`,
      });
    }
  }
  return findings;
}

/** Each other content under a taken id is kept once, however often it was sent. */
function checkConflicts(
  told: Map<string, Tally>,
  conflicts: readonly { id: string; hash: string }[],
): Finding[] {
  const versions = conflicts.map(({ id, hash }) => ({ id: versionKey(id, hash) }));
  return checkPresence(told, groupById(versions), () => 1, "conflict");
}

function versionKey(id: string, hash: string): string {
  return `${id} as ${hash}`;
}

/** A record without a usable content has no identity: each delivery that arrived may have left one row. */
function checkQuarantine(told: Map<string, Tally>, quarantined: readonly { id: string }[]): Finding[] {
  return checkPresence(
    told,
    groupById(quarantined),
    (tally) => tally.ok + tally.unknown,
    "quarantined record",
  );
}

function checkPresence(
  told: Map<string, Tally>,
  stored: Map<string, number>,
  most: (tally: Tally) => number,
  what: string,
): Finding[] {
  const findings: Finding[] = [];
  for (const [id, tally] of told) {
    const count = stored.get(id) ?? 0;
    if (tally.ok > 0 && count === 0)
      findings.push({ kind: "lost", subject: id, detail: `acknowledged ${what} is not stored` });
    else if (tally.ok + tally.unknown === 0 && count > 0)
      findings.push({ kind: "ghost", subject: id, detail: `refused ${what} is stored` });
    else if (count > most(tally))
      findings.push({ kind: "doubled", subject: id, detail: `${what} is stored ${count} times` });
  }
  for (const id of stored.keys()) {
    if (!told.has(id)) findings.push({ kind: "ghost", subject: id, detail: `${what} was never sent` });
  }
  return findings;
}

function groupById(rows: readonly { id: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function checkSampling(output: StoredOutput): Finding[] {
  const { id, randomNumber, expectedRandomNumber, rate, samples, slots } = output;
  const finding = (detail: string): Finding => ({ kind: "sampling", subject: id, detail });
  const findings: Finding[] = [];
  if (randomNumber !== expectedRandomNumber)
    findings.push(finding(`random number ${randomNumber}, recomputed ${expectedRandomNumber}`));
  const expected = randomNumber < rate ? 1 : 0;
  if (samples !== expected) findings.push(finding(`${samples} samples, its hash and rate say ${expected}`));
  if (samples === 1 ? slots < 1 || slots > 2 : slots !== 0)
    findings.push(finding(`${slots} slots for ${samples} samples`));
  return findings;
}

/** The ledger must lie between what was acknowledged and what may have happened, and must equal a recount of the rows. */
function checkLedger(history: readonly Operation[], stored: StoredState): Finding[] {
  const { ledger, outputs, conflicts, quarantined } = stored;
  const { received, accepted, flagged, duplicates, refused } = ledger;
  const sum = accepted + flagged + duplicates + ledger.conflicts + ledger.quarantined + refused;
  const claims: [boolean, string, string][] = [
    [received === sum, "received", `received ${received}, its parts add up to ${sum}`],
    [
      accepted + flagged === outputs.length,
      "accepted",
      `${accepted + flagged} counted, ${outputs.length} stored`,
    ],
    [
      ledger.quarantined === quarantined.length,
      "quarantined",
      `${ledger.quarantined} counted, ${quarantined.length} stored`,
    ],
    [
      ledger.conflicts >= conflicts.length,
      "conflicts",
      `${ledger.conflicts} counted, ${conflicts.length} stored`,
    ],
  ];
  const { least, unknown } = acknowledgedCounters(history);
  for (const name of COUNTER_NAMES) {
    const most = least[name] + unknown;
    const between = ledger[name] >= least[name] && ledger[name] <= most;
    claims.push([between, name, `${ledger[name]} counted, between ${least[name]} and ${most} were sent`]);
  }
  return claims.flatMap(([holds, subject, detail]) => (holds ? [] : [{ kind: "ledger", subject, detail }]));
}

function acknowledgedCounters(history: readonly Operation[]): { least: Counters; unknown: number } {
  const least = {
    received: 0,
    accepted: 0,
    flagged: 0,
    duplicates: 0,
    conflicts: 0,
    quarantined: 0,
    refused: 0,
  };
  let unknown = 0;
  for (const { outcome, counters, records } of history) {
    if (outcome === "unknown") unknown += records.length;
    if (counters) for (const name of COUNTER_NAMES) least[name] += counters[name];
  }
  return { least, unknown };
}
