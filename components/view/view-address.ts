import type { SavedViewRow, ViewKind } from "@/lib/view/schema";

const PAGES: Readonly<Record<ViewKind, string>> = { outputs: "output", accuracy: "accuracy" };

/** Places in a list belong to the moment, not to the view. */
const PASSING = ["after", "before"];

export function viewAddress(slug: string, { kind, query }: Pick<SavedViewRow, "kind" | "query">): string {
  return `/${slug}/${PAGES[kind]}${query}`;
}

/** What stands behind the ? of the page that is shown, with it; nothing when nothing does. */
export function presentQuery(search: string = window.location.search): string {
  const parameters = new URLSearchParams(search);
  for (const name of PASSING) parameters.delete(name);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}
