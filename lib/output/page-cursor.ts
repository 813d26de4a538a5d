import * as z from "zod";

import { AppError } from "@/lib/core/errors";

/** Where a page of outputs begins or ends: the sort value as text (no precision is lost) and the id that settles ties. */
const positionSchema = z.tuple([z.string().max(400), z.uuid()]);
export type PagePosition = z.output<typeof positionSchema>;

export function cursorText(position: PagePosition): string {
  return Buffer.from(JSON.stringify(position), "utf8").toString("base64url");
}

/** @throws AppError INVALID when the text was not made by `cursorText`. */
export function readCursor(text: string): PagePosition {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw new AppError("INVALID", "This page address is damaged. Start again from the first page.", {
      reason: "cursor",
    });
  }
}
