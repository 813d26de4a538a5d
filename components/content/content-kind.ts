import { chatTurns, type Turn } from "./chat-turns";

/** How a value is best read by a person. */
export type Content =
  | { kind: "text"; text: string }
  | { kind: "markdown"; text: string }
  /** A file written as text: nobody reads it. */
  | { kind: "file"; text: string; media: string | null; bytes: number }
  | { kind: "chat"; turns: Turn[] }
  | { kind: "table"; columns: string[]; rows: readonly Row[] }
  /** Names and values. */
  | { kind: "members"; members: [string, unknown][] }
  | { kind: "tree"; value: unknown };

export type Row = Readonly<Record<string, unknown>>;

/** What a kind of text shows at its beginning; the rest is not looked at. */
const LOOKED_AT = 20_000;
const SHORTEST_FILE = 120;
const MOST_COLUMNS = 30;
/** A table's cell stays on a few lines. */
const LONGEST_CELL = 400;

/** What a value is to a reader. Looks at the beginning of long texts only, so that half a megabyte costs no time. */
export function contentOf(value: unknown): Content {
  if (typeof value === "string") return textContent(value);
  const turns = chatTurns(value);
  if (turns) return { kind: "chat", turns };
  const table = tableOf(value);
  if (table) return table;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { kind: "members", members: Object.entries(value) };
  return { kind: "tree", value };
}

function textContent(text: string): Content {
  const file = fileOf(text);
  if (file) return file;
  return { kind: isMarkdown(text.slice(0, LOOKED_AT)) ? "markdown" : "text", text };
}

/** A data address, or a long text of the letters of base64 only. */
export function fileOf(text: string): Extract<Content, { kind: "file" }> | null {
  if (text.length < SHORTEST_FILE) return null;
  const address = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w-]+=[^;,]*)*;base64,/i.exec(text.slice(0, 200));
  const letters = address ? text.length - address[0].length : text.length;
  const start = text.slice(address?.[0].length ?? 0, LOOKED_AT);
  if (!/^[A-Za-z0-9+/_-]+(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}\s*$/.test(start)) return null;
  // A long word, a path or a number is no file: files have all kinds of letters.
  const kinds = [/[A-Z]/, /[a-z]/, /\d/].filter((kind) => kind.test(start)).length;
  if (!address && kinds < 3) return null;
  return { kind: "file", text, media: address?.[1] ?? null, bytes: Math.floor((letters * 3) / 4) };
}

const MARKS = [
  /^#{1,6} \S/m,
  /^\s{0,3}[-*+] \S.*\n\s{0,3}[-*+] \S/m,
  /^\s{0,3}\d{1,3}[.)] \S.*\n(?:.*\n)?\s{0,3}\d{1,3}[.)] \S/m,
  /\[[^[\]\n]+\]\((https?:|mailto:|#|\/)[^)\s]*\)/,
  /^> \S/m,
  /`[^`\n]+`/,
];

/** Two different marks, or one that nobody writes by chance. */
export function isMarkdown(text: string): boolean {
  if (/(^|\s)\*\*[^\s*][^*\n]*\*\*/.test(text)) return true;
  if (/^(```|~~~)[\w-]*\n[\s\S]*?\n\1\s*$/m.test(text)) return true;
  return MARKS.filter((mark) => mark.test(text)).length >= 2 || hasTextTable(text);
}

/** A line of dashes between bars below a line with a bar. */
function hasTextTable(text: string): boolean {
  const lines = text.split("\n");
  return lines.some((line, at) =>
    line.includes("-|") || line.includes("- |")
      ? /^[-|: ]+$/.test(line) && line.includes("---") && (lines[at - 1] ?? "").includes("|")
      : false,
  );
}

/** A list of flat records that have most of their names in common. */
export function tableOf(value: unknown): Extract<Content, { kind: "table" }> | null {
  if (!Array.isArray(value) || value.length < 2) return null;
  const rows = value as unknown[];
  const columns = new Set<string>();
  for (const row of rows) {
    if (!isFlat(row)) return null;
    for (const name of Object.keys(row)) columns.add(name);
    if (columns.size > MOST_COLUMNS) return null;
  }
  const flat = rows as Row[];
  const filled = flat.reduce((sum, row) => sum + Object.keys(row).length, 0);
  if (columns.size === 0 || filled < (flat.length * columns.size) / 2) return null;
  return { kind: "table", columns: [...columns], rows: flat };
}

function isFlat(row: unknown): row is Row {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return false;
  return Object.values(row).every(
    (cell) =>
      cell === null || (typeof cell === "string" ? cell.length <= LONGEST_CELL : typeof cell !== "object"),
  );
}
