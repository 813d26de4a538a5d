const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_OBJECT = 0x7d;
const CLOSE_ARRAY = 0x5d;

/**
 * End of a broken item of an array: the next comma or ] that lies outside of quotes and brackets. Text inside quotes may hold
 * raw line breaks (the commonest mistake), and a closing bracket also closes what was forgotten inside of it.
 */
export function damagedEnd(bytes: Uint8Array, start: number): number {
  let open = new Uint8Array(256);
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = closingQuote(bytes, at + 1);
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === open.length) open = twice(open);
      open[depth] = byte;
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      const left = depthAfterClosing(open, depth, byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_ARRAY);
      if (left < 0 && byte === CLOSE_ARRAY) return at;
      if (left >= 0) depth = left;
    } else if (byte === COMMA && depth === 0) {
      return at;
    }
  }
  return bytes.length;
}

/** −1 when nothing that is open fits. */
function depthAfterClosing(open: Uint8Array, depth: number, opening: number): number {
  let level = depth - 1;
  while (level >= 0 && open[level] !== opening) level -= 1;
  return level;
}

function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function twice(stack: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(stack.length * 2);
  larger.set(stack);
  return larger;
}
