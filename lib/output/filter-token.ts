/* Texts of the filter language, cut into terms; what a term means is decided in parse-filter.ts. Browser-safe. */

/** `language=de`, `-channel="my web"`, `"free text"`: one term with its place in the text. */
export interface FilterToken {
  start: number;
  end: number;
  negated: boolean;
  /** Null when the term is only a text. */
  name: string | null;
  /** A name in quotes is always an attribute, even where a name of the language is spelt alike. */
  quotedName: boolean;
  /** Where the value or text begins. */
  valueStart: number;
  value: string;
  /** A quote was opened and not closed. */
  open: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
/** What needs no quotes, whether it is a name, a value or a text. */
const PLAIN = /^[^\s"=:!-][^\s"=:!]*$/;

export function quoted(text: string): string {
  if (PLAIN.test(text)) return text;
  const escaped = text
    .replaceAll(/["\\]/g, (found) => `\\${found}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): FilterToken {
  const minus = text.charAt(start) === "-" && /\S/.test(text.charAt(start + 1));
  const from = minus ? start + 1 : start;
  const first = part(text, from, /[\s"=:!]/);
  const sign = /^(?:!=|=|:)/.exec(text.slice(first.end))?.[0];
  if (sign === undefined) {
    // Without a sign the term is a text, and so are the signs inside it.
    const whole = first.quoted ? first : part(text, from, /\s/);
    return {
      start,
      end: whole.end,
      negated: minus,
      name: null,
      quotedName: false,
      valueStart: from,
      value: whole.value,
      open: whole.open,
    };
  }
  const valueStart = first.end + sign.length;
  const value = part(text, valueStart, /\s/);
  return {
    start,
    end: value.end,
    negated: minus !== (sign === "!="),
    name: first.value,
    quotedName: first.quoted,
    valueStart,
    value: value.value,
    open: value.open,
  };
}

interface Part {
  value: string;
  end: number;
  quoted: boolean;
  open: boolean;
}

/** A quoted text, or everything before `stop`. */
function part(text: string, start: number, stop: RegExp): Part {
  if (text.charAt(start) === '"') return quotedPart(text, start + 1);
  const length = text.slice(start).search(stop);
  const end = length < 0 ? text.length : start + length;
  return { value: text.slice(start, end), end, quoted: false, open: false };
}

function quotedPart(text: string, start: number): Part {
  let value = "";
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') return { value, end: at + 1, quoted: true, open: false };
    if (letter === "\\" && at + 1 < text.length) {
      at += 1;
      value += ESCAPES[text.charAt(at)] ?? text.charAt(at);
    } else value += letter;
  }
  return { value, end: text.length, quoted: true, open: true };
}
