/**
 * What a spreadsheet takes for a formula, or for the end of what it shows: these signs at the beginning, also after blanks, in their
 * wide forms too, and a NUL.
 */
const RUNS = String.raw`[\s\u0000]*[=+\-@\t\r\u0000\uFF1D\uFF0B\uFF0D\uFF20]`;
const WOULD_RUN = new RegExp(`^'*${RUNS}`);

/**
 * One cell by RFC 4180; what is no plain value is JSON. A text that a spreadsheet would run gets one apostrophe before it, and so does
 * one that begins with apostrophes and then such a sign: whoever reads the file takes one apostrophe off such cells, and has the text
 * as it was. Nothing is an empty cell, an empty text a cell of two quotes.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return csvText(typeof value === "string" ? value : JSON.stringify(value));
}

function csvText(text: string): string {
  if (text === "") return '""';
  const guarded = WOULD_RUN.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export function csvRow(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}
