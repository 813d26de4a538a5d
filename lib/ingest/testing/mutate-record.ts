import { seededRandom } from "@/lib/stats/seeded-random";

/** A record as a shop would send it. */
export function soundRecord(id: string, random: () => number): Record<string, unknown> {
  const total = Math.round(100 * (20 + 400 * random())) / 100;
  return {
    id,
    occurred_at: new Date(Date.now() - 60_000).toISOString(),
    input: {
      customer: ["ada", "bob", "cyd", "dee"][Math.floor(4 * random())],
      placed: `2026-0${1 + Math.floor(9 * random())}-1${Math.floor(10 * random())}`,
      net: Math.round(84 * total) / 100,
      total,
      code: `S-${1000 + Math.floor(9000 * random())}`,
      items: [{ sku: "a", count: 1 + Math.floor(3 * random()) }],
      note: "Please leave it with the neighbour.",
      gift: random() < 0.5,
    },
    output: { label: random() < 0.5 ? "accept" : "review", score: random() },
    confidence: random(),
    segments: { region: random() < 0.5 ? "eu" : "us" },
  };
}

const PLACES = ["customer", "placed", "net", "total", "code", "items", "note", "gift"];
const VALUES: unknown[] = [
  null,
  "",
  "N/A",
  -1,
  9999,
  "9999",
  1e300,
  -0.0001,
  "Ã©tÃ©",
  "\u0007bell",
  true,
  [],
  {},
  [[[1]]],
  "x".repeat(5_000),
  "12.50",
  "03/04/2026",
  "2026-02-30",
  "\ud83d\ude00",
  "n".repeat(29),
];

type Change = (record: Record<string, unknown>, random: () => number) => void;
const inputOf = (record: Record<string, unknown>) => record.input as Record<string, unknown>;
const placeOf = (random: () => number) => PLACES[Math.floor(PLACES.length * random())] ?? "total";

/** Changes of a parsed record. */
const CHANGES: Change[] = [
  ...VALUES.map(
    (value): Change =>
      (record, random) =>
        void (inputOf(record)[placeOf(random)] = value),
  ),
  (record, random) => void delete inputOf(record)[placeOf(random)],
  (record) => void (record.input = {}),
  (record) => void (record.input = null),
  (record) => void (record.input = "just text"),
  (record) => void (record.output = null),
  (record) => void delete record.output,
  (record) => void delete record.input,
  (record) => void delete record.id,
  (record) => void (record.id = 7),
  (record) => void (record.id = "i".repeat(201)),
  (record) => void (record.occurred_at = "yesterday"),
  (record) => void (record.occurred_at = "2026-02-30T10:00:00Z"),
  (record) => void (record.occurred_at = "1970-01-01T00:00:00Z"),
  (record) => void (record.confidence = 97),
  (record) => void (record.segments = { region: { deep: 1 } }),
  (record) => void (record.phase = "test"),
  (record) => void (record.output = { label: "refuse", score: 0.5 }),
  (record) => void (record.output = { label: ["accept"], score: "0.5" }),
  (record) => void (record.output = { label: "accept", score: 97 }),
  (record) => void (record.more = { unknown: 1 }),
  (record) => void (record.model = "gpt"),
  (record) => void (record.inclusion_probability = 2),
  (record) =>
    void Object.assign(
      inputOf(record),
      Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`k${at}`, at])),
    ),
  (record, random) =>
    void (inputOf(record).items = Array.from({ length: 60 }, () => ({ sku: random(), count: "1" }))),
];

/** Changes of the text itself. */
const EDITS: ((text: string, random: () => number) => string)[] = [
  // Spaces at the end of a line belong to no record.
  (text, random) => text.slice(0, 1 + Math.floor((text.length - 1) * random())).trimEnd(),
  (text, random) => splice(text, random, '"'),
  (text, random) => splice(text, random, "}"),
  (text, random) => splice(text, random, ",,"),
  (text) => text.replace('"note":"', '"note":"\\u0000'),
  (text) => text.replace('"note":"', '"note":"\\ud800'),
  (text) => text.replace('"total":', '"total":1,"total":'),
  (text) => text.replace(/"total":[^,]+/, '"total":1e400'),
  (text) => text.replace(/"total":[^,]+/, '"total":9007199254740993'),
  (text) => text.replace(/"total":[^,]+/, '"total":NaN'),
  (text) => text.replace(/"total":[^,]+/, '"total":01'),
  (text) => text.replace(/"total":[^,]+/, `"total":${"[".repeat(70)}${"]".repeat(70)}`),
  (text) => text.replace('"net"', '"__proto__"'),
  (text) => `[${text}]`,
  () => "null",
  (text) => `\ufeff${text}`,
];

function splice(text: string, random: () => number, part: string): string {
  const at = Math.floor(text.length * random());
  return text.slice(0, at) + part + text.slice(at);
}

export const MUTATORS = CHANGES.length + EDITS.length;

/** One line of bytes: a sound record with one thing wrong. */
export function mutatedLine(id: string, mutator: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const record = soundRecord(id, random);
  const change = CHANGES[mutator];
  if (change) {
    change(record, random);
    return Buffer.from(JSON.stringify(record));
  }
  const text = EDITS[mutator - CHANGES.length]?.(JSON.stringify(record), random) ?? "";
  return Buffer.from(text.replaceAll("\n", " "));
}
