import fc from "fast-check";
import { expect, it } from "vitest";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { canonicalJson } from "./canonical-json";
import { readSlice } from "./record-scanner";
import { anyJsonText } from "./testing/json-text";

const { pool } = await testDatabase();

const TEXTS = 20_000;
const AT_ONCE = 1_000;

function guarded(text: string) {
  const bytes = Buffer.from(text, "utf8");
  return readSlice(bytes, 0, bytes.length, true);
}

/** What the database gives back for texts that it stored as jsonb. */
async function readBack(texts: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    "SELECT value::jsonb::text AS text FROM unnest($1::text[]) WITH ORDINALITY AS sent(value, place) ORDER BY place",
    [texts],
  );
  return rows.map(({ text }) => text);
}

it("what the guard accepts, the database takes and gives back equal", async () => {
  const accepted = fc.sample(anyJsonText, TEXTS).flatMap((text) => {
    const { reasons, value } = guarded(text);
    return reasons.length === 0 ? [canonicalJson(value)] : [];
  });
  for (let from = 0; from < accepted.length; from += AT_ONCE) {
    const sent = accepted.slice(from, from + AT_ONCE);
    const back = (await readBack(sent)).map((text) => canonicalJson(JSON.parse(text)));
    expect(back).toEqual(sent);
  }
  report(`byte guard and database: ${TEXTS} texts, ${accepted.length} accepted, all read back equal`);
  expect(accepted.length).toBeGreaterThan(TEXTS / 5);
});

it.each(['"\\u0000"', '"\\ud800"', "1e131072", "[".repeat(100_000)])(
  "control: without the guard the database refuses %.20s",
  async (text) => {
    expect(guarded(text).reasons.length).toBeGreaterThan(0);
    await expect(readBack([text])).rejects.toThrow();
  },
);

it.each(["1e400", "9007199254740993", "1e-400"])(
  "control: without the guard %s comes back changed",
  async (text) => {
    expect(guarded(text).reasons.length).toBeGreaterThan(0);
    const [back] = await readBack([text]);
    expect(String(JSON.parse(back ?? "")).toLowerCase()).not.toBe(text);
  },
);
