import type pg from "pg";
import { newId } from "@/lib/core/id";
import { insertSamples } from "@/lib/sampling/insert-samples";
import { appendCounts, entryOf, ledgerRows, noCounts, populationRows } from "./count-outcomes";
import { claimKeys, keepAnswers, type Replay } from "./idempotency";
import { type ConflictRow, insertConflicts, insertQuarantined, insertTruths } from "./insert-kept";
import { insertOutputs, type OutputRow, readStoredIds } from "./insert-outputs";
import type { PreparedOutput, PreparedRequest } from "./prepared";
import { meantField } from "./read-record";

/** What the transaction did, by request. */
export interface StoredRequests {
  answers: Map<PreparedRequest, Replay>;
  /** Projects with new rows to count. */
  counted: Set<string>;
  /** Projects in which truths settled samples. */
  settled: Set<string>;
  /** Projects with truths that a job must look at. */
  truths: Set<string>;
}

/** Stores whole requests in the caller's transaction: outputs, conflicts, quarantine, truths, samples, counters, answers. */
export async function storeRequests(
  client: pg.ClientBase,
  requests: readonly PreparedRequest[],
): Promise<StoredRequests> {
  const replays = await claimKeys(client, requests);
  const fresh = replays.size === 0 ? requests : requests.filter((request) => !replays.has(request));
  const rows = fresh.flatMap((request) => request.outputs.map((output): OutputRow => ({ request, output })));
  const { outcomes, added, conflicts } = await storeOutputs(client, rows);
  if (conflicts.length > 0) await insertConflicts(client, conflicts);
  const quarantined = fresh.flatMap(({ sender, receivedAt, quarantined: records }) =>
    records.map((record) => ({ sender, receivedAt, kind: "output" as const, record })),
  );
  if (quarantined.length > 0) await insertQuarantined(client, quarantined);
  const truths = await storeTruths(client, rows, outcomes);
  const settled = await storeSamples(client, added);
  const answers = fresh.map((request) => ({
    request,
    ...answerRequest(request, (output) => outcomeOf(outcomes, output)),
  }));
  await appendCounts(client, ledgerRows(answers), populationRows(added));
  await keepAnswers(client, answers);
  return {
    answers: new Map([...replays, ...answers.map(replayOf)]),
    counted: new Set(fresh.map((request) => request.sender.project.id)),
    settled,
    truths,
  };
}

function replayOf({ request, text }: { request: PreparedRequest; text: string }): [PreparedRequest, Replay] {
  return [request, { ok: true, answer: text }];
}

interface StoredOutputs {
  /** Absent = accepted or flagged. */
  outcomes: Map<PreparedOutput, "duplicate" | "conflict">;
  added: readonly OutputRow[];
  conflicts: ConflictRow[];
}

/** The first of an id wins, in the order of arrival; later ones with the same content are duplicates, others conflicts. */
async function storeOutputs(client: pg.ClientBase, rows: readonly OutputRow[]): Promise<StoredOutputs> {
  const outcomes: StoredOutputs["outcomes"] = new Map();
  const firsts = new Map<string, OutputRow>();
  for (const row of rows) if (!firsts.has(rowKey(row))) firsts.set(rowKey(row), row);
  const inOrder = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const inserted = await insertOutputs(client, inOrder);
  if (inserted === rows.length) return { outcomes, added: rows, conflicts: [] };
  const stored = await readStoredIds(client, inOrder);
  const added: OutputRow[] = [];
  const conflicts: ConflictRow[] = [];
  for (const row of rows) {
    const known = stored.get(rowKey(row));
    if (!known) throw new Error("An output that conflicts with another is not there.");
    if (known.outputId === row.output.placed.outputId) {
      added.push(row);
    } else if (known.contentHash === row.output.record.contentHash) {
      outcomes.set(row.output, "duplicate");
    } else {
      outcomes.set(row.output, "conflict");
      conflicts.push({ ...row, outputId: known.outputId });
    }
  }
  return { outcomes, added, conflicts };
}

function rowKey({ request, output }: OutputRow): string {
  return `${request.sender.project.id}|${output.record.externalId}`;
}

function outcomeOf(outcomes: StoredOutputs["outcomes"], output: PreparedOutput): Outcome {
  return outcomes.get(output) ?? (output.record.flags.length > 0 ? "flagged" : "accepted");
}

/** Truth is kept apart from the output: a duplicate may bring it later. That of a conflict belongs to another output. */
async function storeTruths(
  client: pg.ClientBase,
  rows: readonly OutputRow[],
  outcomes: StoredOutputs["outcomes"],
): Promise<Set<string>> {
  const withTruth = rows.filter(
    ({ output }) => output.record.truth !== null && outcomes.get(output) !== "conflict",
  );
  await insertTruths(
    client,
    withTruth.map(({ request, output: { record } }) => ({
      id: newId(),
      projectId: request.sender.project.id,
      externalId: record.externalId,
      valueText: record.truth?.text ?? "null",
      knownAt: null,
      receivedAt: request.receivedAt,
    })),
  );
  const open = withTruth.filter(
    ({ request, output }) =>
      (output.record.phase === "PILOT" || request.sender.project.truthCoverage === "COMPLETE") &&
      (output.placed.settled === null || outcomes.has(output)),
  );
  return new Set(open.map(({ request }) => request.sender.project.id));
}

/** Returns the projects in which a sample was settled by the truth that came with it. */
async function storeSamples(client: pg.ClientBase, added: readonly OutputRow[]): Promise<Set<string>> {
  const byProject = new Map<string, OutputRow[]>();
  for (const row of added) {
    entryOf(byProject, row.request.sender.project.id, (): OutputRow[] => []).push(row);
  }
  const settled = new Set<string>();
  for (const [projectId, rows] of byProject) {
    const placed = rows.map(({ output }) => output.placed);
    await insertSamples(client, projectId, placed);
    const epochs = new Set(placed.flatMap((each) => (each.settled === null ? [] : [each.epochId])));
    if (epochs.size === 0) continue;
    settled.add(projectId);
    const mark = "INSERT INTO dirty_epoch (project_id, epoch_id) SELECT $1, unnest($2::uuid[])";
    await client.query(mark, [projectId, [...epochs]]);
  }
  return settled;
}

type Outcome = "accepted" | "flagged" | "duplicate" | "conflict";

/** What happened to each record of a request, as sent and as replayed to a retry; what was simply accepted has no line. */
function answerRequest(request: PreparedRequest, outcomeOf: (output: PreparedOutput) => Outcome) {
  const counts = noCounts();
  const lines: ({ index: number; status: string } & Record<string, unknown>)[] = [];
  for (const output of request.outputs) {
    const outcome = outcomeOf(output);
    counts[outcome === "duplicate" ? "duplicates" : outcome === "conflict" ? "conflicts" : outcome] += 1;
    if (outcome === "accepted") continue;
    const reasons = outcome === "flagged" ? { reasons: flagReasons(output.record) } : {};
    lines.push({ index: output.read.index, id: output.record.externalId, status: outcome, ...reasons });
  }
  for (const { index, id, externalId, reasons } of request.quarantined) {
    lines.push({ index, id: externalId, status: "quarantined", quarantine_id: id, reasons });
  }
  counts.quarantined = request.quarantined.length;
  counts.received = request.outputs.length + request.quarantined.length;
  lines.sort((a, b) => a.index - b.index);
  const { refused: _, ...shown } = counts;
  const warnings = request.unexpected.size > 0 ? { warnings: unexpectedFields(request.unexpected) } : {};
  const text = JSON.stringify({ request_id: request.requestId, ...shown, results: lines, ...warnings });
  return { counts, text };
}

/** What the contract found, and the flags of which nothing more is known. */
export function flagReasons({ flags, reasons }: PreparedOutput["record"]) {
  const bare = flags.filter((code) => reasons.every((reason) => reason.code !== code));
  return [...bare.map((code) => ({ code })), ...reasons];
}

function unexpectedFields(fields: ReadonlyMap<string, number>) {
  return [...fields].slice(0, 32).map(([name, records]) => {
    const meant = meantField(name);
    const expected =
      meant === undefined ? "kept with the output" : `kept with the output; did you mean ${meant}?`;
    return { code: "FIELD_UNEXPECTED", path: `/${name.slice(0, 256)}`, records, expected };
  });
}
