"use client";

import { ChevronLeft, ChevronRight, SearchX } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";

import { OutputTable } from "@/components/table/output-table";
import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { formatCount } from "@/lib/core/format";
import type { OutputPage, OutputQuery } from "@/lib/output/schema";

import { hasFilter, outputAddress, withCursor, withFilter } from "./output-address";
import { type FilterChoices, OutputFilters } from "./output-filters";
import { PickActions } from "./pick-actions";

const MOST_COUNTED = 1000;
const SORTS = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "id", label: "By the sender's id" },
];

export interface OutputExplorerProps {
  slug: string;
  timeZone: string;
  query: OutputQuery;
  page: OutputPage;
  choices: FilterChoices;
  withPreview: boolean;
  /** May have outputs looked at. */
  canPick: boolean;
  /** Shown when the project has no output at all. */
  empty: ReactNode;
}

/** The stored outputs with their filters; the address says everything that is shown. */
export function OutputExplorer({
  slug,
  timeZone,
  query,
  page,
  choices,
  withPreview,
  canPick,
  empty,
}: OutputExplorerProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pending, startTransition] = useTransition();
  const go = (next: Partial<OutputQuery>) =>
    startTransition(() => router.push(outputAddress(slug, next) as Route, { scroll: false }));
  if (page.outputs.length === 0 && !hasFilter(query) && !query.after && !query.before) return empty;
  return (
    <div className="flex flex-col gap-4">
      <OutputFilters query={query} choices={choices} onChange={go} />
      <Card
        flush
        title={<span role="status">{countText(page.matching)}</span>}
        actions={
          <>
            {canPick && page.matching > 0 ? (
              <PickActions
                slug={slug}
                query={query}
                matching={page.matching}
                chosen={chosen}
                onPicked={() => setChosen(new Set())}
              />
            ) : null}
            <Select
              aria-label="Order"
              className="w-40 sm:w-44"
              value={query.sort}
              options={SORTS}
              onChange={(event) => go(withFilter(query, { sort: event.target.value as OutputQuery["sort"] }))}
            />
          </>
        }
        footer={page.next || page.previous ? <Paging slug={slug} query={query} page={page} /> : null}
        className={cn("transition-opacity", pending && "opacity-60")}
      >
        <div aria-busy={pending}>
          {page.outputs.length > 0 ? (
            <OutputTable
              outputs={page.outputs}
              timeZone={timeZone}
              withPreview={withPreview}
              hrefOf={(output) => `/${slug}/output/${output.id}`}
              {...(canPick ? { selection: { chosen, onChange: setChosen } } : {})}
            />
          ) : (
            <EmptyState
              icon={<SearchX aria-hidden="true" />}
              title="No output matches"
              actions={<Button onClick={() => go({ sort: query.sort })}>Clear all filters</Button>}
            >
              Remove one of the filters above to see more.
            </EmptyState>
          )}
        </div>
      </Card>
    </div>
  );
}

function countText(matching: number): string {
  if (matching > MOST_COUNTED) return `More than ${formatCount(MOST_COUNTED)} outputs`;
  return matching === 1 ? "1 output" : `${formatCount(matching)} outputs`;
}

function Paging({ slug, query, page }: { slug: string; query: OutputQuery; page: OutputPage }) {
  const names =
    query.sort === "id"
      ? ["Previous", "Next"]
      : query.sort === "oldest"
        ? ["Older", "Newer"]
        : ["Newer", "Older"];
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-2">
      {page.previous ? (
        <LinkButton size="sm" href={outputAddress(slug, withCursor(query, { before: page.previous }))}>
          <ChevronLeft aria-hidden="true" />
          {names[0]}
        </LinkButton>
      ) : (
        <span />
      )}
      {page.next ? (
        <LinkButton size="sm" href={outputAddress(slug, withCursor(query, { after: page.next }))}>
          {names[1]}
          <ChevronRight aria-hidden="true" />
        </LinkButton>
      ) : null}
    </nav>
  );
}
