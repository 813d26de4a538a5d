import { type IncidentQuery, incidentQuerySchema } from "@/lib/incident/schema";

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The filters and page of an address; null when something in it is not understood. */
export function readIncidentAddress(search: SearchParams): IncidentQuery | null {
  return incidentQuerySchema.safeParse(search).data ?? null;
}

/** The address of the incidents that a query finds; what is the default is left out. */
export function incidentAddress(slug: string, query: Partial<IncidentQuery>): string {
  const parameters = new URLSearchParams();
  if (query.standing && query.standing !== "all") parameters.set("standing", query.standing);
  if (query.attribute !== undefined) {
    parameters.set("attribute", query.attribute);
    parameters.set("value", query.value ?? "");
  }
  if (query.page && query.page > 1) parameters.set("page", String(query.page));
  const text = parameters.toString();
  return text ? `/${slug}/incident?${text}` : `/${slug}/incident`;
}
