import type { IncidentQuery } from "@/lib/incident/schema";

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
