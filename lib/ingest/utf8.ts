/** Position of the first byte that is not part of valid UTF-8 between `start` and `end`, or −1. For bodies known to be bad. */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const length = sequenceLength(bytes[at] as number);
    if (length === 0 || at + length > end || !isSequence(bytes, at, length)) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** The second byte excludes overlong forms, surrogates and code points above U+10FFFF. */
function isSequence(bytes: Uint8Array, at: number, length: number): boolean {
  if (length === 1) return true;
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return false;
  for (let next = at + 2; next < at + length; next += 1) {
    const byte = bytes[next] as number;
    if (byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
}
