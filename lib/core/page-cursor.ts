import * as z from "zod";

import { AppError } from "./errors";

/** Where a page of a list begins: the values that its order goes by, as text and numbers, with an id at the end that settles ties. */
export type Position = readonly (string | number | null)[];

/** The newest first: when, exact to the millisecond, and the id. */
export const instantPosition = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

export function cursorText(position: Position): string {
  return Buffer.from(JSON.stringify(position), "utf8").toString("base64url");
}

/** @throws AppError INVALID when the text was not made by `cursorText` for a list with this order. */
export function readCursor<T>(text: string, order: z.ZodType<T>): T {
  try {
    return order.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw new AppError("INVALID", "This page address is damaged. Start again from the first page.", {
      reason: "cursor",
    });
  }
}
