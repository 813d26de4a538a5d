import { csvRow } from "@/lib/core/csv";

import { type DatasetRow, datasetRowSchema } from "./dataset-schema";

const COLUMNS = Object.keys(datasetRowSchema.shape) as (keyof DatasetRow)[];

export const CSV_HEADER = csvRow(COLUMNS);

export function jsonLine(row: DatasetRow): string {
  return `${JSON.stringify(row)}\n`;
}

export function csvLine(row: DatasetRow): string {
  return csvRow(COLUMNS.map((column) => row[column]));
}
