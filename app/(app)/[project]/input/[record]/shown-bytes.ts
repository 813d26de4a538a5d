import { isUtf8 } from "node:buffer";

export interface ShownBytes {
  form: "text" | "hexadecimal";
  text: string;
  /** How many of the bytes are shown, from the first on. */
  shown: number;
}

const MOST_TEXT_BYTES = 64 * 1024;
const MOST_HEX_BYTES = 4 * 1024;
const BYTES_PER_LINE = 16;
/** Characters that show nothing, or make what stands beside them look like something else. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Bytes as people can read them: UTF-8 with every invisible character named, anything else in hexadecimal digits. Pure. */
export function shownBytes(bytes: Uint8Array): ShownBytes {
  const end = textEnd(bytes);
  const part = bytes.subarray(0, end);
  if (!isUtf8(part)) return hexadecimal(bytes.subarray(0, MOST_HEX_BYTES));
  const text = Buffer.from(part).toString("utf8").replaceAll("\r\n", "\n").replaceAll(UNSEEN, named);
  return { form: "text", text, shown: end };
}

/** Not in the middle of a character: its later bytes begin with the bits 10. */
function textEnd(bytes: Uint8Array): number {
  if (bytes.length <= MOST_TEXT_BYTES) return bytes.length;
  let end = MOST_TEXT_BYTES;
  while (end > MOST_TEXT_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function named(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

function hexadecimal(bytes: Uint8Array): ShownBytes {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const part = [...bytes.subarray(at, at + BYTES_PER_LINE)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = part
      .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"))
      .join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${digits.padEnd(BYTES_PER_LINE * 3 - 1)}  ${letters}`);
  }
  return { form: "hexadecimal", text: lines.join("\n"), shown: bytes.length };
}
