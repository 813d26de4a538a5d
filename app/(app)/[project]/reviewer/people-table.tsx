"use client";

import { useQueryStates } from "nuqs";

import { ReviewerTable } from "@/components/table/reviewer-table";
import type { ReviewerRow } from "@/lib/review/people-schema";

import { peopleState } from "./view-state";

/** The table with its order in the address. */
export function PeopleTable({ slug, rows }: { slug: string; rows: readonly ReviewerRow[] }) {
  const [view, setView] = useQueryStates(peopleState, { shallow: true, scroll: false });
  const range = view.range === "3m" ? "" : `?range=${view.range}`;
  return (
    <ReviewerTable
      rows={rows}
      sort={{ by: view.sort, descending: view.order === "desc" }}
      onSort={({ by, descending }) => setView({ sort: by, order: descending ? "desc" : null })}
      hrefOf={(row) => `/${slug}/reviewer/${row.reviewer_id}${range}`}
    />
  );
}
