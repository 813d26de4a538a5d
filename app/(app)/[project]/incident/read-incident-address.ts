import { type IncidentQuery, incidentQuerySchema } from "@/lib/incident/schema";

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The filters and page of an address; null when something in it is not understood. */
export function readIncidentAddress(search: SearchParams): IncidentQuery | null {
  return incidentQuerySchema.safeParse(search).data ?? null;
}
