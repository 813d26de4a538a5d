/** Finds an object's second use of a key without building the object: one open-addressing table for a whole record. */

const CAPACITY = 16_384;
const MASK = CAPACITY - 1;
const MULTIPLIER = 0x01000193;

const usedBy = new Uint32Array(CAPACITY);
const objectOf = new Uint32Array(CAPACITY);
const hashOf = new Int32Array(CAPACITY);
const startOf = new Uint32Array(CAPACITY);
const endOf = new Uint32Array(CAPACITY);
let generation = 0;
/** Differs per process, so that nobody can prepare keys that all fall into one place. */
const seed = Math.trunc(Math.random() * 0x7fffffff);

/** Forgets the keys of the record before. */
export function startKeySet(): void {
  generation += 1;
  if (generation < 0xffffffff) return;
  usedBy.fill(0);
  generation = 1;
}

/**
 * True when `object` (a number that is unique in the record) already has the key between `start` and `end` (without quotes).
 * Keys that are written differently but mean the same ("a", "\u0061") are the same. At most 5,000 keys per record may be added.
 */
export function isSecondKey(
  bytes: Uint8Array,
  object: number,
  start: number,
  end: number,
  escaped: boolean,
): boolean {
  const hash = escaped ? hashText(decodeKey(bytes, start, end)) : hashBytes(bytes, start, end);
  let slot = (hash ^ Math.imul(object, 0x9e3779b1)) & MASK;
  while (usedBy[slot] === generation) {
    if (objectOf[slot] === object && hashOf[slot] === hash && sameKey(bytes, slot, start, end)) return true;
    slot = (slot + 1) & MASK;
  }
  usedBy[slot] = generation;
  objectOf[slot] = object;
  hashOf[slot] = hash;
  startOf[slot] = start;
  endOf[slot] = end;
  return false;
}

function sameKey(bytes: Uint8Array, slot: number, start: number, end: number): boolean {
  const otherStart = startOf[slot] as number;
  const otherEnd = endOf[slot] as number;
  if (otherEnd - otherStart === end - start) {
    let at = 0;
    while (at < end - start && bytes[start + at] === bytes[otherStart + at]) at += 1;
    if (at === end - start) return true;
  }
  return decodeKey(bytes, start, end) === decodeKey(bytes, otherStart, otherEnd);
}

/** The key as text; `start` and `end` lie inside valid quotes. */
export function decodeKey(bytes: Uint8Array, start: number, end: number): string {
  return JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset + start - 1, end - start + 2).toString("utf8"),
  );
}

function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = seed;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] as number), MULTIPLIER);
    hash ^= hash >>> 15;
  }
  return hash;
}

function hashText(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  return hashBytes(bytes, 0, bytes.length);
}
