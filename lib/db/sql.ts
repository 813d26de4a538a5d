import { Prisma } from "./generated/client";

/** Columns as a list for a statement, each with the same prefix ("cell."). @throws Error for anything but plain names */
export function columnList(columns: readonly string[], prefix = ""): Prisma.Sql {
  if (!/^([a-z]+\.)?$/.test(prefix) || !columns.every((column) => /^[a-z][a-z0-9_]*$/.test(column)))
    throw new Error("Only plain names can be columns.");
  return Prisma.raw(columns.map((column) => `${prefix}${column}`).join(", "));
}
