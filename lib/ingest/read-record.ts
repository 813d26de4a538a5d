import { hash } from "node:crypto";
import { canonicalJson, canonicalMembers } from "./canonical-json";
import type { OutputRecord, ReadingFacts } from "./output-record";
import * as fields from "./read-fields";
import type { ReadValue } from "./read-records";
import { type ParsedInstant, parseRfc3339 } from "./rfc3339";
import { MAX_REASONS } from "./value-scan";

/** A parsed record before anything of it is known. */
type Sent = Record<string, unknown>;

const DAY_MS = 86_400_000;
const FUTURE_MS = 10 * 60_000;
const STALE_MS = 90 * DAY_MS;
const FIRST_MS = Date.UTC(2000, 0, 1);
const LAST_MS = 366 * DAY_MS;

/** Fields with a column of their own, or kept apart. Everything else of a record goes to `extra`. */
const COLUMNS = new Set(
  "id occurred_at input output model segments confidence ground_truth phase inclusion_probability cluster".split(
    " ",
  ),
);
const KEPT = new Set(["telemetry", "environment", "links"]);
const FIELD_BY_LOOSE_NAME = new Map([...COLUMNS, ...KEPT].map((name) => [name.replaceAll("_", ""), name]));

/** The field that a wrong name probably means: "occurredAt" → "occurred_at". */
export function meantField(name: string): string | undefined {
  return FIELD_BY_LOOSE_NAME.get(name.toLowerCase().replaceAll(/[_\- ]/g, ""));
}

/** Reads one parsed record. All its reasons are collected; nothing is coerced in silence. Pure. */
export function readOutputRecord(value: unknown, facts: ReadingFacts): ReadValue<OutputRecord> {
  const findings: fields.Findings = { reasons: [], flags: [] };
  if (!fields.isPlainObject(value)) {
    fields.refuse(findings, "TYPE_MISMATCH", "", value, "an object with id, occurred_at, input and output");
    return { ok: false, externalId: null, reasons: findings.reasons };
  }
  const externalId = readId(value, findings);
  const instant = readInstant(value, facts, findings);
  if (isBareSpan(value))
    fields.refuse(findings, "SPAN_NO_CONTENT", "", null, "attributes with the input and the output");
  else for (const field of ["input", "output"] as const) requireJson(value, field, findings);
  const model = fields.readModel(value.model, findings);
  const segments = fields.readSegments(value.segments, findings);
  const phase = fields.readPhase(value.phase, findings);
  const confidence = fields.readConfidence(value.confidence, findings);
  const cluster = fields.readShortText(value.cluster, "/cluster", findings);
  const sourceProbability = fields.readInclusionProbability(value.inclusion_probability, findings);
  if (findings.reasons.length > 0 || externalId === null || instant === null) {
    return { ok: false, externalId, reasons: findings.reasons.slice(0, MAX_REASONS) };
  }
  // Written out: spreading an object into another took 15 µs a record, more than everything else here.
  const { inputText, outputText, extraText, contentHash, unexpected } = keepFields(
    value,
    model.hasMore,
    findings,
  );
  const record: OutputRecord = {
    inputText,
    outputText,
    extraText,
    contentHash,
    unexpected,
    externalId,
    phase,
    occurredAt: instant.text,
    occurredMs: instant.milliseconds,
    output: value.output,
    modelName: model.name,
    modelVersion: model.version,
    segments,
    confidence,
    cluster,
    sourceProbability,
    flags: findings.flags,
    raised: false,
    sent: value,
    contractVersion: null,
    reasons: [],
    truth: readTruth(value.ground_truth),
  };
  return { ok: true, record };
}

function readId(value: Record<string, unknown>, findings: fields.Findings): string | null {
  const { id } = value;
  if (typeof id !== "string" || id === "") {
    fields.refuse(
      findings,
      "ENVELOPE_MISSING_ID",
      "/id",
      id,
      withHint("a text that is not empty", value, "id"),
    );
    return null;
  }
  const bytes = fields.byteLength(id);
  if (bytes > fields.MAX_TEXT_BYTES) {
    fields.refuse(findings, "ID_TOO_LONG", "/id", bytes, `at most ${fields.MAX_TEXT_BYTES} bytes`);
    return null;
  }
  return id;
}

function readInstant(value: Sent, facts: ReadingFacts, findings: fields.Findings): ParsedInstant | null {
  const sent = value.occurred_at;
  const instant = typeof sent === "string" ? parseRfc3339(sent) : null;
  if (instant === null) {
    const expected = withHint("a time like 2026-11-22T09:15:05Z, with a zone", value, "occurred_at");
    fields.refuse(findings, "ENVELOPE_BAD_TIME", "/occurred_at", sent, expected);
    return null;
  }
  const age = facts.nowMs - instant.milliseconds;
  if (instant.milliseconds < FIRST_MS || age < -LAST_MS) {
    const expected = "a time between the year 2000 and a year from now";
    fields.refuse(findings, "ENVELOPE_BAD_TIME", "/occurred_at", sent, expected);
    return null;
  }
  if (!facts.recordedHistory && age < -FUTURE_MS) findings.flags.push("TIME_FUTURE");
  if (!facts.recordedHistory && age > STALE_MS) findings.flags.push("TIME_STALE");
  return instant;
}

function requireJson(value: Sent, field: "input" | "output", findings: fields.Findings): void {
  if (value[field] === undefined) {
    const code = field === "output" ? "ENVELOPE_NO_OUTPUT" : "FIELD_MISSING_REQUIRED";
    fields.refuse(findings, code, `/${field}`, null, withHint("any JSON value", value, field));
  } else if (value[field] === null && !findings.flags.includes("FIELD_NULL_REQUIRED")) {
    findings.flags.push("FIELD_NULL_REQUIRED");
  }
}

/** A span of which the sender's tracing records no content, as it does not by itself: one reason, which says what to do. */
function isBareSpan({ input, output, telemetry }: Sent): boolean {
  const isEmpty = input === undefined && output === undefined;
  return isEmpty && fields.isPlainObject(telemetry) && typeof telemetry.span_id === "string";
}

/** Names the field that was probably meant: the commonest mistake is another spelling. */
function withHint(expected: string, value: Sent, field: string): string {
  const wrong = Object.keys(value).find((name) => name !== field && meantField(name) === field);
  return wrong === undefined ? expected : `${expected}; did you mean ${field} instead of ${wrong}?`;
}

type KeptFields = "inputText" | "outputText" | "extraText" | "contentHash" | "unexpected";

/** Canonical texts, each made once: for the columns, for `extra` and for the hash. */
function keepFields(
  value: Record<string, unknown>,
  wholeModel: boolean,
  findings: fields.Findings,
): Pick<OutputRecord, KeptFields> {
  const members: [string, string][] = [];
  const extra: [string, string][] = [];
  const unexpected: string[] = [];
  let inputText = "";
  let outputText = "";
  const oddConfidence = findings.flags.includes("CONFIDENCE_OUT_OF_RANGE");
  for (const name of Object.keys(value)) {
    if (name === "ground_truth") continue;
    const text = canonicalJson(value[name]);
    members.push([name, text]);
    if (name === "input") inputText = text;
    else if (name === "output") outputText = text;
    else if (
      !COLUMNS.has(name) ||
      (name === "model" && wholeModel) ||
      (name === "confidence" && oddConfidence)
    ) {
      extra.push([name, text]);
    }
    if (!COLUMNS.has(name) && !KEPT.has(name)) unexpected.push(name);
  }
  const contentHash = hash("sha256", canonicalMembers(members), "hex");
  return { inputText, outputText, extraText: canonicalMembers(extra), contentHash, unexpected };
}

function readTruth(value: unknown): OutputRecord["truth"] {
  return value === undefined || value === null ? null : { value, text: canonicalJson(value) };
}
