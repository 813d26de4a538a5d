import fc from "fast-check";
import { expect, it } from "vitest";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { watchLoop } from "@/lib/testing/loop-watch";
import { canonicalJson } from "./canonical-json";
import { readRecords } from "./read-records";
import { readSlice } from "./record-scanner";
import { anyJsonText } from "./testing/json-text";

const { pool } = await testDatabase();

/** Here 20,000; in the long run 20 million, or as many as are asked for or go into so many seconds; another seed makes others. */
const TEXTS = Number(process.env.ASSAY_SOAK_TEXTS ?? (process.env.ASSAY_SOAK ? 20_000_000 : 20_000));
const SECONDS = Number(process.env.ASSAY_SOAK_SECONDS ?? Number.POSITIVE_INFINITY);
const SEED = Number(process.env.ASSAY_SOAK_SEED ?? 1);
const AT_ONCE = 2_000;
const MOST_MS = 50;
const MOST_TURN_MS = 100;

function guarded(text: string) {
  const bytes = Buffer.from(text, "utf8");
  return readSlice(bytes, 0, bytes.length, true);
}

/** What a table gives back for texts that it stored as jsonb. */
async function storeAndRead(texts: readonly string[]): Promise<string[]> {
  await pool.query("CREATE TABLE IF NOT EXISTS kept_text (place int, value jsonb)");
  await pool.query("TRUNCATE kept_text");
  await pool.query(
    "INSERT INTO kept_text SELECT place, value::jsonb FROM unnest($1::text[]) WITH ORDINALITY AS sent(value, place)",
    [texts],
  );
  const { rows } = await pool.query<{ text: string }>(
    "SELECT value::text AS text FROM kept_text ORDER BY place",
  );
  return rows.map(({ text }) => text);
}

/** Judges a text, and says how long it took: of three tries the fastest, since a slow text is slow each time and a busy machine is not. */
function timed(text: string): { sent: string | null; ms: number } {
  let ms = Number.POSITIVE_INFINITY;
  let sent: string | null = null;
  for (let attempt = 0; attempt < 3 && ms > MOST_MS / 10; attempt += 1) {
    const started = performance.now();
    const { reasons, value } = guarded(text);
    sent = reasons.length === 0 ? canonicalJson(value) : null;
    ms = Math.min(ms, performance.now() - started);
  }
  return { sent, ms };
}

/** As lines of one body, in which other requests get their turn: how many are taken. */
async function takenAsLines(texts: readonly string[]): Promise<number> {
  const read = await readRecords(Buffer.from(texts.join("\n"), "utf8"), "ndjson", () => ({
    ok: true,
    record: { unexpected: [] },
  }));
  return read.records.length;
}

it("what the guard accepts, the database takes and gives back equal", {
  timeout: 24 * 3_600_000,
}, async () => {
  const sum = { texts: 0, accepted: 0, slowestMs: 0, storedMs: 0, clockMs: 0, ownMs: 0 };
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  for (let from = 0; from < TEXTS && elapsed() < SECONDS; from += AT_ONCE) {
    const numRuns = Math.min(AT_ONCE, TEXTS - from);
    const texts = fc.sample(anyJsonText, { numRuns, seed: SEED * 1_000_003 + from / AT_ONCE });
    const judged = texts.map((text) => ({ text, ...timed(text) }));
    const accepted = judged.flatMap(({ sent }) => (sent === null ? [] : [sent]));
    for (const { ms } of judged) sum.slowestMs = Math.max(sum.slowestMs, ms);
    const lines = judged.filter(({ text }) => !text.includes("\n") && text.trim() !== "");
    const loop = watchLoop();
    const taken = await takenAsLines(lines.map(({ text }) => text));
    const turn = loop.end();
    sum.clockMs = Math.max(sum.clockMs, turn.clockMs);
    sum.ownMs = Math.max(sum.ownMs, turn.ownMs);
    expect(taken).toBe(lines.filter(({ sent }) => sent !== null).length);
    const asked = performance.now();
    const back = (await storeAndRead(accepted)).map((text) => canonicalJson(JSON.parse(text)));
    sum.storedMs = Math.max(sum.storedMs, (performance.now() - asked) / Math.max(1, accepted.length));
    expect(back).toEqual(accepted);
    sum.texts += numRuns;
    sum.accepted += accepted.length;
    if ((from / AT_ONCE) % 100 === 99) report(`  ${sum.texts} texts, ${sum.accepted} read back equal`);
  }
  report(
    `byte guard and database: ${sum.texts} texts (seed ${SEED}), ${sum.accepted} accepted, all read back equal, ` +
      `${Math.round(sum.texts / elapsed())} texts/s; slowest to judge ${sum.slowestMs.toFixed(2)} ms, to store and read ` +
      `${sum.storedMs.toFixed(2)} ms each; longest turn of the event loop ${sum.ownMs.toFixed(0)} ms of processor, ` +
      `${sum.clockMs.toFixed(0)} ms by the clock`,
  );
  expect(sum.accepted).toBeGreaterThan(sum.texts / 5);
  expect(sum.slowestMs + sum.storedMs).toBeLessThan(MOST_MS);
  expect(sum.ownMs).toBeLessThan(MOST_TURN_MS);
});

it.each(['"\\u0000"', '"\\ud800"', "1e131072", "[".repeat(100_000)])(
  "control: without the guard the database refuses %.20s",
  async (text) => {
    expect(guarded(text).reasons.length).toBeGreaterThan(0);
    await expect(storeAndRead([text])).rejects.toThrow();
  },
);

it.each(["1e400", "9007199254740993", "1e-400"])(
  "control: without the guard %s comes back changed",
  async (text) => {
    expect(guarded(text).reasons.length).toBeGreaterThan(0);
    const [back] = await storeAndRead([text]);
    expect(String(JSON.parse(back ?? "")).toLowerCase()).not.toBe(text);
  },
);
