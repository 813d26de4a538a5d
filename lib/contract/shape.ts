import { TYPES } from "./schema";
import { mixHash, textHash } from "./text-hash";

/** Depth to which records are looked at, and elements of an array. */
export const MAX_DEPTH = 8;
export const MAX_ELEMENTS = 50;
/** Of one record so many values are looked at. */
const MOST_VISITS = 5_000;

export type JsonType = (typeof TYPES)[number];

export function jsonType(value: unknown): JsonType {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "array" : "object";
}

const keyHashes = new Map<string, number>();

/** `textHash` of a key: the same few keys come again and again. */
export function keyHash(key: string): number {
  let hash = keyHashes.get(key);
  if (hash === undefined) {
    hash = textHash(key);
    if (keyHashes.size >= 10_000) keyHashes.clear();
    keyHashes.set(key, hash);
  }
  return hash;
}

/**
 * Which paths a value has with which types, null being a type, as 16 hex digits; the order of keys and the length of arrays do not
 * matter. One hash that was never seen stands for five fields that are gone at once.
 */
export function shapeSignature(value: unknown): string {
  const sum: Sum = { first: 0, second: 0, left: MOST_VISITS };
  addShape(value, 1, 0, sum);
  return hex(sum.first) + hex(sum.second);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** Sums do not depend on the order of what is added. */
interface Sum {
  first: number;
  second: number;
  left: number;
}

function addShape(value: unknown, path: number, depth: number, sum: Sum): void {
  if ((sum.left -= 1) < 0) return;
  const type = jsonType(value);
  const mark = mixHash(path, TYPES.indexOf(type));
  sum.first = (sum.first + mark) | 0;
  sum.second = (sum.second + mixHash(mark, 7)) | 0;
  if (depth >= MAX_DEPTH) return;
  if (type === "array") {
    const types = new Set((value as unknown[]).slice(0, MAX_ELEMENTS).map(jsonType));
    for (const each of types) sum.first = (sum.first + mixHash(mark, 11 + TYPES.indexOf(each))) | 0;
  } else if (type === "object") {
    for (const key in value as object) {
      if (!Object.hasOwn(value as object, key)) continue;
      if (sum.left < 0) break;
      addShape((value as Record<string, unknown>)[key], mixHash(path, keyHash(key)), depth + 1, sum);
    }
  }
}
