import { csvRow } from "@/lib/core/csv";

import { type ExportedRow, exportedRowSchema } from "./export-schema";

const COLUMNS = Object.keys(exportedRowSchema.shape) as (keyof ExportedRow)[];

export const EXPORT_HEADER = csvRow(COLUMNS);

/** Texts and numbers as they are; segments, flags, input and output are JSON. */
export function exportedCsv(row: ExportedRow): string {
  return csvRow(COLUMNS.map((column) => row[column]));
}

/** The documents stand in the line as they are stored: no digit of a number is lost. */
export function exportedJson({ input, output, ...facts }: ExportedRow): string {
  return `${JSON.stringify(facts).slice(0, -1)},"input":${input ?? "null"},"output":${output ?? "null"}}\n`;
}
