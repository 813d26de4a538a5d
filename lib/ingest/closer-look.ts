import type { Reason, ReasonCode } from "@/lib/quarantine/reason";
import { numberFault, printedLength } from "./number-guard";
import { MAX_DEPTH, MAX_KEY_BYTES, MAX_KEYS, MAX_PRINTED_DIGITS, MAX_REASONS } from "./value-scan";

/** Longest valid beginnings: what does not go on from there is where the text breaks. */
const SPACE = /[ \t\n\r]*/y;
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;
const NUMBER = /-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][+-]?\d*)?/y;
const WHOLE_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A double holds its digits, and nothing is written out longer than it came: those that the scan passes over too. */
const PLAIN_NUMBER = /^(?=.{1,15}$)-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const LITERAL = /true|false|null/y;

interface Container {
  /** Null for an array. */
  keys: Set<string> | null;
  /** The member or item that is looked at, as a path shows it. */
  here: string | number;
}

let text = "";
let at = 0;
let inside: Container[] = [];
let keys = 0;
let printed = 0;
let reasons: Reason[] = [];

/**
 * All reasons why the text of one value cannot be kept as it is, each with its path or byte offset; none = it parses and reads back
 * equal. Slow and complete: for the few values that a scan or JSON.parse finds suspicious. State lives in this module during a call.
 */
export function closerLook(value: string): Reason[] {
  text = value;
  at = 0;
  inside = [];
  keys = 0;
  printed = 0;
  reasons = [];
  if (takeValue() && takeRest()) {
    take(SPACE);
    if (at < text.length) broken("one JSON value; several lines are application/x-ndjson");
  }
  return reasons;
}

/** A scalar, or the beginning of a container up to its first scalar. False where the text breaks. */
function takeValue(): boolean {
  take(SPACE);
  const first = text.charAt(at);
  if (first === "{" || first === "[") return takeOpening(first === "{");
  if (first === '"') return takeText() !== null;
  if (first === "-" || (first >= "0" && first <= "9")) return takeNumber();
  return take(LITERAL) !== "" || broken("a JSON value");
}

function takeOpening(isObject: boolean): boolean {
  if (inside.length === MAX_DEPTH) {
    add("TOO_DEEP", { expected: `at most ${MAX_DEPTH} levels` });
    return false;
  }
  at += 1;
  const container: Container = { keys: isObject ? new Set() : null, here: 0 };
  inside.push(container);
  take(SPACE);
  if (text[at] === (isObject ? "}" : "]")) return true;
  return takeKey(container) && takeValue();
}

/** Commas, further values and closing brackets. */
function takeRest(): boolean {
  for (let container = inside.at(-1); container; container = inside.at(-1)) {
    take(SPACE);
    if (text[at] === (container.keys ? "}" : "]")) {
      inside.pop();
      at += 1;
      continue;
    }
    if (text[at] !== ",") return broken(container.keys ? "a comma or }" : "a comma or ]");
    at += 1;
    if (typeof container.here === "number") container.here += 1;
    if (!takeKey(container) || !takeValue()) return false;
  }
  return true;
}

/** The key before a member's value; nothing in an array. */
function takeKey(container: Container): boolean {
  if (container.keys === null) return true;
  take(SPACE);
  if (text[at] !== '"') return broken("a key in double quotes");
  const key = takeText(container);
  if (key === null) return false;
  const bytes = Buffer.byteLength(key.raw);
  if (bytes > MAX_KEY_BYTES)
    add("KEY_TOO_LONG", { observed: bytes, expected: `at most ${MAX_KEY_BYTES} bytes` });
  if (container.keys.has(key.value)) add("DUPLICATE_KEY", { expected: "each key once" });
  container.keys.add(key.value);
  keys += 1;
  if (keys === MAX_KEYS + 1) add("TOO_MANY_KEYS", { expected: `at most ${MAX_KEYS}` }, "");
  take(SPACE);
  if (text[at] !== ":") return broken("a colon");
  at += 1;
  return true;
}

/** A string; that of a key is from now on part of the path. */
function takeText(keyOf?: Container): { raw: string; value: string } | null {
  const start = at;
  take(TEXT);
  if (text[at] !== '"') {
    broken("a string without raw control characters, closed by a double quote");
    return null;
  }
  at += 1;
  const raw = text.slice(start + 1, at - 1);
  if (!raw.includes("\\")) {
    // Nothing is written in another way: a third of the time for a megabyte of short texts.
    if (keyOf) keyOf.here = raw;
    return { raw, value: raw };
  }
  const value = JSON.parse(text.slice(start, at)) as string;
  const hasNul = value.includes("\0");
  const isHalf = /\p{Surrogate}/u.test(value);
  // A key that no database text can hold is shown as it was written.
  if (keyOf) keyOf.here = hasNul || isHalf ? raw : value;
  if (hasNul) add("NUL_CHARACTER", {});
  if (isHalf) add("LONE_SURROGATE", {});
  return { raw, value };
}

function takeNumber(): boolean {
  const number = take(NUMBER);
  if (PLAIN_NUMBER.test(number)) return true;
  if (!WHOLE_NUMBER.test(number)) return broken("a digit");
  printed += printedLength(number);
  const huge =
    printed > MAX_PRINTED_DIGITS ? "fewer huge exponents: written out, these fill megabytes" : null;
  const expected = numberFault(number) ?? huge;
  if (expected !== null) add("NUMBER_NOT_REPRESENTABLE", { observed: number.slice(0, 60), expected });
  return true;
}

function take(pattern: RegExp): string {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0] ?? "";
  at += found.length;
  return found;
}

function broken(expected: string): false {
  const code = text.codePointAt(at);
  const isPlain = code !== undefined && code > 0x20 && code < 0x7f;
  const observed =
    code === undefined ? "the end" : isPlain ? text.charAt(at) : `U+${code.toString(16).padStart(4, "0")}`;
  add("PARSE_INVALID_JSON", { observed, expected, offset: Buffer.byteLength(text.slice(0, at)) }, "");
  return false;
}

function add(code: ReasonCode, details: Omit<Reason, "code" | "path">, path = pathHere()): void {
  if (reasons.length < MAX_REASONS) reasons.push({ code, path, ...details });
}

/** JSON pointer of the place that is looked at, cut to what can be shown. */
function pathHere(): string {
  const parts = inside.map(({ here }) => `/${String(here).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return Buffer.from(parts.join("").slice(0, 500), "utf8").toString("utf8");
}
