import * as z from "zod";

import { outputQuerySchema } from "@/lib/output/schema";

import type { PageQuery } from "./output-address";

const MOST_COLUMNS = 20;
const columnId = z.string().max(300);

/** What the page's address says: what is listed, and with which columns. */
const pageQuerySchema = outputQuerySchema.extend({
  column: z
    .union([columnId, z.array(columnId).max(MOST_COLUMNS)])
    .transform((value) => (typeof value === "string" ? [value] : value))
    .optional(),
});

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The filters, order and page of an address; null when something in it is not understood. Empty parameters are left out. */
export function readOutputAddress(search: SearchParams): PageQuery | null {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return pageQuerySchema.safeParse(Object.fromEntries(given)).data ?? null;
}
