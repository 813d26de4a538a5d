import { canonicalJson } from "./canonical-json";
import { byteLength, type Findings, isPlainObject, MAX_TEXT_BYTES, refuse } from "./read-fields";
import type { ReadValue } from "./read-records";
import { parseRfc3339 } from "./rfc3339";

/** A truth that came by itself, about the output with this id. */
export interface TruthRecord {
  externalId: string;
  /** Canonical JSON. */
  valueText: string;
  knownAt: string | null;
  unexpected: readonly string[];
}

const FIELDS = new Set(["id", "ground_truth", "known_at"]);

/** Reads one parsed record of `POST /ground-truth`. Pure. */
export function readTruthRecord(value: unknown): ReadValue<TruthRecord> {
  const findings: Findings = { reasons: [], flags: [] };
  const refused = (externalId: string | null) => ({
    ok: false as const,
    externalId,
    reasons: findings.reasons,
  });
  if (!isPlainObject(value)) {
    refuse(findings, "TYPE_MISMATCH", "", value, "an object with id and ground_truth");
    return refused(null);
  }
  const { id, ground_truth: truth, known_at: knownAt } = value;
  const externalId = typeof id === "string" && id !== "" && byteLength(id) <= MAX_TEXT_BYTES ? id : null;
  if (externalId === null) {
    refuse(
      findings,
      "ENVELOPE_MISSING_ID",
      "/id",
      id,
      `the id of the output, at most ${MAX_TEXT_BYTES} bytes`,
    );
  }
  if (truth === undefined || truth === null) {
    refuse(findings, "FIELD_MISSING_REQUIRED", "/ground_truth", truth, "any JSON value but null");
  }
  const instant = typeof knownAt === "string" ? parseRfc3339(knownAt) : null;
  if (instant === null && knownAt !== undefined && knownAt !== null) {
    refuse(
      findings,
      "ENVELOPE_BAD_TIME",
      "/known_at",
      knownAt,
      "a time like 2026-11-22T09:15:05Z, with a zone",
    );
  }
  if (externalId === null || findings.reasons.length > 0) return refused(externalId);
  const record: TruthRecord = {
    externalId,
    valueText: canonicalJson(truth),
    knownAt: instant?.text ?? null,
    unexpected: Object.keys(value).filter((name) => !FIELDS.has(name)),
  };
  return { ok: true, record };
}
