import * as z from "zod";

/** Where a page of outputs begins or ends: the sort value as text (no precision is lost) and the id that settles ties. */
export const pagePosition = z.tuple([z.string().max(400), z.uuid()]);
export type PagePosition = z.output<typeof pagePosition>;
