import { describe, expect, it } from "vitest";
import { publishContract } from "@/lib/contract/publish-contract";
import { contractDefinitionSchema } from "@/lib/contract/schema";
import { shapeSignature } from "@/lib/contract/shape";
import type { DriftReading } from "@/lib/drift/drift-reading";
import { findingCode } from "@/lib/drift/finding-code";
import { FORM_PATH, REPEAT_PATH, UNUSUAL_PATH } from "@/lib/drift/output-facts";
import { volumeCode } from "@/lib/drift/read-volume";
import { classifyRepeats } from "@/lib/ingest/classify-repeats";
import { ledgerTotals, makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { REASONS } from "@/lib/quarantine/reason";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { breakerFacts } from "./breaker-words";
import { findingFacts } from "./finding-words";
import { silenceFacts } from "./note-silences";

const { db } = await testDatabase();
const send = await serveDoors();

/** The list of the boundary's design, and what follows from each as a rule. */
const LISTED = {
  Q: `PARSE_INVALID_JSON PARSE_INVALID_UTF8 ENVELOPE_MISSING_ID ENVELOPE_BAD_TIME ENVELOPE_NO_OUTPUT NUMBER_NOT_REPRESENTABLE
    NUL_CHARACTER LONE_SURROGATE TOO_DEEP DUPLICATE_KEY RECORD_TOO_LARGE FIELD_MISSING_REQUIRED TYPE_MISMATCH VALUE_BELOW_RANGE
    VALUE_ABOVE_RANGE VALUE_UNSEEN_LABEL`,
  F: `TIME_FUTURE TIME_STALE FIELD_NULL_REQUIRED FIELD_EMPTY FIELD_SENTINEL TYPE_COERCIBLE VALUE_UNSEEN_CATEGORY FORMAT_UNPARSEABLE
    FORMAT_AMBIGUOUS_DATE FORMAT_NEW_PATTERN TEXT_TOO_SHORT TEXT_TOO_LONG TEXT_ENCODING TEXT_LANGUAGE STRUCT_UNSEEN_SHAPE CROSS_ORDER
    CROSS_NULL_GROUP DUP_CONTENT NONDETERMINISTIC OOD_LOW_TYPICALITY CONFIDENCE_OUT_OF_RANGE`,
  A: "FIELD_UNEXPECTED DUP_EXACT DUP_ID_CONFLICT",
  W: `W_COMPLETENESS_LOW W_DISTRIBUTION_DRIFT W_UNSEEN_RATE W_DUPLICATE_RATE W_SHAPE_RATE W_VOLUME_LOW W_VOLUME_HIGH W_NO_DATA
    W_OUTPUT_DRIFT W_CONFIDENCE_DRIFT W_OOD_RATE W_LABEL_DELAY MASS_VIOLATION`,
};
const ALL = Object.entries(LISTED).flatMap(([effect, codes]) =>
  codes.split(/\s+/).map((code) => [code, effect] as const),
);

const common = { origin: "edited" };
const at = (name: string) => `/input/${name}`;
const definition = contractDefinitionSchema.parse({
  rules: [
    { rule: "required", path: at("need"), ...common, origin: "locked" },
    { rule: "type", path: at("amount"), ...common, types: ["number"] },
    { rule: "range", path: at("amount"), ...common, low: 0, high: 100, hard: true },
    { rule: "not_null", path: at("filled"), ...common },
    { rule: "not_empty", path: at("filled"), ...common },
    { rule: "placeholder", path: at("filled"), ...common, allowed: [] },
    { rule: "values", path: at("kind"), ...common, values: ["a", "b"] },
    { rule: "labels", path: "/output/label", ...common, values: ["yes", "no"] },
    { rule: "format", path: at("date"), ...common, format: "date" },
    { rule: "patterns", path: at("code"), ...common, patterns: ["A-9"] },
    { rule: "length", path: at("text"), ...common, low: 5, high: 200 },
    { rule: "encoding", path: at("text"), ...common },
    { rule: "language", path: at("text"), ...common, languages: ["English"] },
    { rule: "order", path: at("low"), ...common, other: at("high") },
    { rule: "null_together", path: at("first"), ...common, others: [at("second")] },
    { rule: "unique", path: at("number"), ...common },
    { rule: "shape", path: "/output", ...common, shapes: [shapeSignature({ label: "yes" })] },
    { rule: "known_fields", path: "/output", ...common, fields: ["label"] },
  ],
});

let sent = 0;
/** A record that keeps every rule, changed. */
function record(input: Record<string, unknown> = {}, more: Record<string, unknown> = {}): string {
  sent += 1;
  return JSON.stringify({
    id: `r${sent}`,
    occurred_at: new Date().toISOString(),
    input: { need: 1, number: `N${sent}`, ...input },
    output: { label: "yes" },
    ...more,
  });
}
const raw = (text: string) => record().replace('"need":1', `"need":${text}`);
const GERMAN = "Der Fahrer hat gemeldet, dass die Bremsen nicht reagieren, wenn das Auto auf dem Berg steht.";

const THROUGH_THE_DOOR: Record<string, string | Buffer> = {
  PARSE_INVALID_JSON: '{"id":"cut',
  PARSE_INVALID_UTF8: Buffer.from(record().replace('"need":1', '"need":"\u00ff"'), "latin1"),
  ENVELOPE_MISSING_ID: record({}, { id: "" }),
  ENVELOPE_BAD_TIME: record({}, { occurred_at: "2026-02-30T00:00:00Z" }),
  ENVELOPE_NO_OUTPUT: record({}, { output: undefined }),
  NUMBER_NOT_REPRESENTABLE: raw("1e400"),
  NUL_CHARACTER: raw('"\\u0000"'),
  LONE_SURROGATE: raw('"\\ud800"'),
  TOO_DEEP: raw(`${"[".repeat(80)}${"]".repeat(80)}`),
  DUPLICATE_KEY: raw('1,"need":2'),
  RECORD_TOO_LARGE: raw(`"${"x".repeat(1_100_000)}"`),
  FIELD_MISSING_REQUIRED: record({ need: undefined }),
  TYPE_MISMATCH: record({ amount: [1] }),
  TYPE_COERCIBLE: record({ amount: "12" }),
  VALUE_BELOW_RANGE: record({ amount: -3 }),
  VALUE_ABOVE_RANGE: record({ amount: 300 }),
  VALUE_UNSEEN_LABEL: record({}, { output: { label: "perhaps" } }),
  FIELD_NULL_REQUIRED: record({ filled: null }),
  FIELD_EMPTY: record({ filled: "" }),
  FIELD_SENTINEL: record({ filled: "n/a" }),
  FIELD_UNEXPECTED: record({}, { output: { label: "yes", more: 1 } }),
  STRUCT_UNSEEN_SHAPE: record({}, { output: { label: null } }),
  VALUE_UNSEEN_CATEGORY: record({ kind: "c" }),
  FORMAT_UNPARSEABLE: record({ date: "soon" }),
  FORMAT_AMBIGUOUS_DATE: record({ date: "03/04/2026" }),
  FORMAT_NEW_PATTERN: record({ code: "9-A" }),
  TEXT_TOO_SHORT: record({ text: "abc" }),
  TEXT_TOO_LONG: record({ text: "word ".repeat(60) }),
  TEXT_ENCODING: record({ text: "CafÃ© on the corner" }),
  TEXT_LANGUAGE: record({ text: GERMAN }),
  CROSS_ORDER: record({ low: 5, high: 1 }),
  CROSS_NULL_GROUP: record({ first: null, second: 1 }),
  VALUE_REPEATED: record({ number: "N7" }),
  CONFIDENCE_OUT_OF_RANGE: record({}, { confidence: 7 }),
  TIME_FUTURE: record({}, { occurred_at: new Date(Date.now() + 3 * 86_400_000).toISOString() }),
  TIME_STALE: record({}, { occurred_at: "2024-01-01T00:00:00Z" }),
};

const reading = (missing: number, fresh: number) =>
  ({
    outputs: 500,
    missing: { pilot: 0.01, now: missing },
    fresh: { pilot: 0.01, now: fresh },
    unparseable: null,
  }) as DriftReading;
const content = (outputId: string, output: string) => ({ outputId, epochId: "e", input: "i", output });
const found = { subject: "", since: new Date() };

const OTHERWISE: Record<string, () => string | null | undefined> = {
  DUP_CONTENT: () => classifyRepeats([content("1", "x"), content("2", "x")], [])[1]?.code,
  NONDETERMINISTIC: () => classifyRepeats([content("1", "x"), content("2", "y")], [])[1]?.code,
  W_COMPLETENESS_LOW: () => findingCode("/input/a", reading(0.5, 0)),
  W_UNSEEN_RATE: () => findingCode("/input/a", reading(0, 0.5)),
  W_DISTRIBUTION_DRIFT: () => findingCode("/input/a", reading(0, 0)),
  W_OUTPUT_DRIFT: () => findingCode("/output/label", reading(0, 0)),
  W_CONFIDENCE_DRIFT: () => findingCode("/confidence", null),
  W_SHAPE_RATE: () => findingCode(FORM_PATH, null),
  W_OOD_RATE: () => findingCode(UNUSUAL_PATH, null),
  W_DUPLICATE_RATE: () => findingCode(REPEAT_PATH, null),
  W_VOLUME_LOW: () => volumeCode({ direction: "low" }),
  W_VOLUME_HIGH: () => volumeCode({ direction: "high" }),
  W_LABEL_DELAY: () =>
    findingFacts({
      ...found,
      code: "W_LABEL_DELAY",
      facts: { kind: "labels", of: "truth", days: 2, outputs: 300, in_time: 20, pilot_share: 0.97 },
    }).code,
  W_NO_DATA: () => silenceFacts({ source: null, since: new Date(), hours: 24, timeZone: "UTC" }).code,
  MASS_VIOLATION: () =>
    breakerFacts([{ code: "FIELD_EMPTY", since: new Date(), records: 200, hits: 90, expected: 0, paths: [] }])
      .code,
};
/** Shown with its number where its own tests are: it needs a pilot of hundreds of outputs. */
const ELSEWHERE = new Set(["OOD_LOW_TYPICALITY"]);
/** Not said of a record in its answer: the answer's status and the ledger say it. */
const IN_THE_LEDGER = new Set(["DUP_EXACT", "DUP_ID_CONFLICT"]);

describe("every code of the design has its place", () => {
  it("and its sentence, with the effect that it has as a rule", () => {
    expect(ALL.map(([code]) => [code, REASONS[code as keyof typeof REASONS]?.effect])).toEqual(
      ALL.map(([code, effect]) => [code, effect]),
    );
    const produced = [
      ...Object.keys(THROUGH_THE_DOOR),
      ...Object.keys(OTHERWISE),
      ...ELSEWHERE,
      ...IN_THE_LEDGER,
    ];
    expect(ALL.filter(([code]) => !produced.includes(code))).toEqual([]);
  });

  it("some record that is sent gets it", { timeout: 60_000 }, async () => {
    const { project, token } = await makeSendingProject(db, {});
    const person = await makePerson(db, { project, role: "MANAGER" });
    const ctx = contextFor(db, project, actorFor(person), new Date());
    await publishContract(ctx, { definition, note: "", baseVersion: 0 });
    const type = "application/x-ndjson";
    // What keeps every rule, and has the number that comes again.
    const sound = await send(record({ number: "N7" }), { token, type });
    expect(sound.body).toMatchObject({ accepted: 1, flagged: 0, quarantined: 0 });
    const missed: string[] = [];
    for (const [code, body] of Object.entries(THROUGH_THE_DOOR)) {
      const { body: answer } = await send(body, { token, type });
      const reasons = (answer.results?.[0]?.reasons ?? []) as { code: string }[];
      const warned = (answer.warnings ?? []) as { code: string }[];
      const kept = await db.output.findFirst({
        where: { projectId: project.id },
        orderBy: { id: "desc" },
        select: { reasons: true },
      });
      const noted = (kept?.reasons ?? []) as { code: string }[];
      if (![...reasons, ...warned, ...noted].some((each) => each.code === code))
        missed.push(`${code}: ${JSON.stringify(answer).slice(0, 200)}`);
    }
    expect(missed).toEqual([]);
  });

  it.each(Object.entries(OTHERWISE))("%s", (code, produce) => {
    expect(produce()).toBe(code);
  });

  it("a record that comes again, and another one under its id, are in the ledger", async () => {
    const { project, token } = await makeSendingProject(db, {});
    const once = record();
    const other = once.replace('"need":1', '"need":2');
    const type = "application/x-ndjson";
    const statuses: unknown[] = [];
    for (const body of [once, once, other]) {
      const { body: answer } = await send(body, { token, type });
      statuses.push(answer.results?.[0]?.status);
    }
    expect(statuses).toEqual([undefined, "duplicate", "conflict"]);
    expect(await ledgerTotals(db, project.id)).toMatchObject({ accepted: 1, duplicates: 1, conflicts: 1 });
  });
});
