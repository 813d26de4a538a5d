import type { Reason, ReasonCode } from "@/lib/quarantine/reason";
import { canonicalJson } from "./canonical-json";

/** Collects what is wrong with one record while its fields are read. */
export interface Findings {
  reasons: Reason[];
  flags: ReasonCode[];
}

export const MAX_TEXT_BYTES = 200;
const MAX_SEGMENTS = 32;
const LEAST_PROBABILITY = 1e-6;

export function refuse(to: Findings, code: ReasonCode, path: string, observed: unknown, expected: string) {
  to.reasons.push({ code, path, observed: shown(observed), expected });
}

/** A value as a reason shows it: short, and never a container. */
function shown(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 100 ? text : `${Buffer.from(text.slice(0, 100), "utf8").toString("utf8")}…`;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** Segment values as text, in Unicode normal form and trimmed, so that equal-looking ones are equal. */
export function readSegments(value: unknown, findings: Findings): Record<string, string> {
  const segments: Record<string, string> = Object.create(null);
  if (value === undefined || value === null) return segments;
  if (!isPlainObject(value)) {
    refuse(findings, "TYPE_MISMATCH", "/segments", value, "an object of texts, numbers and booleans");
    return segments;
  }
  const names = Object.keys(value);
  if (names.length > MAX_SEGMENTS) {
    refuse(findings, "VALUE_ABOVE_RANGE", "/segments", names.length, `at most ${MAX_SEGMENTS} segments`);
    return segments;
  }
  for (const name of names) addSegment(segments, name, value[name], findings);
  return segments;
}

type Segments = Record<string, string>;

function addSegment(segments: Segments, name: string, value: unknown, findings: Findings): void {
  if (value === null) return;
  const path = `/segments/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    refuse(findings, "TYPE_MISMATCH", path, value, "a text, number or boolean");
    return;
  }
  const attribute = tidyText(name);
  const text = typeof value === "string" ? tidyText(value) : canonicalJson(value);
  if (attribute === "" || attribute.startsWith("$")) {
    refuse(findings, "TYPE_MISMATCH", path, name, "a name that is not empty and does not begin with $");
  } else if (byteLength(text) > MAX_TEXT_BYTES) {
    refuse(findings, "VALUE_ABOVE_RANGE", path, byteLength(text), `at most ${MAX_TEXT_BYTES} bytes`);
  } else if (attribute in segments) {
    refuse(findings, "DUPLICATE_KEY", path, name, "names that differ in more than their encoding");
  } else {
    segments[attribute] = text;
  }
}

const PLAIN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;

/** Unicode normal form without spaces around it; most texts are ASCII, and have it already. */
function tidyText(text: string): string {
  return PLAIN.test(text) ? text : text.normalize("NFC").trim();
}

export interface ModelFields {
  name: string | null;
  version: string | null;
  /** The sender's object has more than these two. */
  hasMore: boolean;
}

export function readModel(value: unknown, findings: Findings): ModelFields {
  if (value === undefined || value === null) return { name: null, version: null, hasMore: false };
  if (!isPlainObject(value)) {
    refuse(findings, "TYPE_MISMATCH", "/model", value, 'an object like {"name": "…", "version": "…"}');
    return { name: null, version: null, hasMore: false };
  }
  const name = readShortText(value.name, "/model/name", findings);
  const version = readShortText(value.version, "/model/version", findings);
  return { name, version, hasMore: Object.keys(value).some((key) => key !== "name" && key !== "version") };
}

/** A text of 1 to 200 bytes; absent and null are null. */
export function readShortText(value: unknown, path: string, findings: Findings): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value === "") {
    refuse(findings, "TYPE_MISMATCH", path, value, "a text that is not empty");
    return null;
  }
  if (byteLength(value) > MAX_TEXT_BYTES) {
    refuse(findings, "VALUE_ABOVE_RANGE", path, byteLength(value), `at most ${MAX_TEXT_BYTES} bytes`);
    return null;
  }
  return value;
}

export function readPhase(value: unknown, findings: Findings): "PILOT" | "PRODUCTION" {
  if (value === "pilot") return "PILOT";
  if (value !== undefined && value !== null && value !== "production") {
    refuse(findings, "TYPE_MISMATCH", "/phase", value, '"production" or "pilot"');
  }
  return "PRODUCTION";
}

/** A model may be sure of nonsense: the output counts, its confidence does not. */
export function readConfidence(value: unknown, findings: Findings): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  findings.flags.push("CONFIDENCE_OUT_OF_RANGE");
  return null;
}

export function readInclusionProbability(value: unknown, findings: Findings): number {
  const path = "/inclusion_probability";
  if (value === undefined || value === null) return 1;
  if (typeof value !== "number") {
    refuse(findings, "TYPE_MISMATCH", path, value, "a number above 0, at most 1");
  } else if (value > 1) {
    refuse(findings, "VALUE_ABOVE_RANGE", path, value, "at most 1");
  } else if (value < LEAST_PROBABILITY) {
    refuse(findings, "VALUE_BELOW_RANGE", path, value, `at least ${LEAST_PROBABILITY}`);
  } else {
    return value;
  }
  return 1;
}
