import { type DatasetRow, datasetRowSchema } from "./dataset-schema";

const COLUMNS = Object.keys(datasetRowSchema.shape) as (keyof DatasetRow)[];

export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`;

export function jsonLine(row: DatasetRow): string {
  return `${JSON.stringify(row)}\n`;
}

export function csvLine(row: DatasetRow): string {
  return `${COLUMNS.map((column) => csvCell(row[column])).join(",")}\r\n`;
}

/**
 * One cell by RFC 4180; what is no plain value is JSON. A text that a spreadsheet would take for a formula gets an apostrophe before
 * it: outputs are foreign texts, and whoever opens the file should not run them.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const guarded = /^[\s\u0000]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
