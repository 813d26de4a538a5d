"use client";

import { ChevronLeft, ChevronRight, Columns3, Download, SearchX } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";

import { MenuButton } from "@/components/shell/menu-button";
import { columnChoices, DEFAULT_COLUMNS } from "@/components/table/output-columns";
import { OutputTable } from "@/components/table/output-table";
import { Button, buttonStyle, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { formatCount, formatInstant } from "@/lib/core/format";
import type { OutputPage, OutputQuery } from "@/lib/output/schema";
import { attributesOf, type FilterOptions } from "@/lib/output/suggest-filter";

import {
  exportAddress,
  hasFilter,
  outputAddress,
  type PageQuery,
  withColumns,
  withCursor,
  withFilter,
  withOrder,
} from "./output-address";
import { OutputFilters } from "./output-filters";
import { PickActions } from "./pick-actions";

const loadColumns = async () => (await import("./column-list")).ColumnList;
const loadExport = async () => (await import("./export-list")).ExportList;
const MOST_COUNTED = 1000;
const SORTS = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "id", label: "By the sender's id" },
];

export interface OutputExplorerProps {
  slug: string;
  timeZone: string;
  query: PageQuery;
  page: OutputPage;
  options: FilterOptions;
  /** Today in the project's time zone. */
  today: string;
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
  query: asked,
  page,
  options,
  today,
  withPreview,
  canPick,
  empty,
}: OutputExplorerProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pending, startTransition] = useTransition();
  const [query, chooseColumns] = useColumns(slug, asked);
  const go = (next: Partial<PageQuery>) =>
    startTransition(() => router.push(outputAddress(slug, next) as Route, { scroll: false }));
  if (page.outputs.length === 0 && !hasFilter(query) && !query.after && !query.before) return empty;
  return (
    <div className="flex flex-col gap-4">
      <OutputFilters
        query={query}
        options={options}
        today={today}
        onChange={(filter) => go(withFilter(query, filter))}
      />
      <Card
        flush
        title={<span role="status">{countText(page)}</span>}
        actions={
          <>
            {canPick && page.matching > 0 ? (
              <PickActions
                slug={slug}
                query={query}
                page={page}
                chosen={chosen}
                onPicked={() => setChosen(new Set())}
              />
            ) : null}
            <MenuButton
              label="Columns"
              className={buttonStyle({})}
              load={loadColumns}
              list={{
                choices: columnChoices(attributesOf(options), withPreview),
                shown: query.column ?? DEFAULT_COLUMNS,
                onChange: chooseColumns,
              }}
            >
              <Columns3 aria-hidden="true" />
              <span className="hidden lg:inline">Columns</span>
            </MenuButton>
            <MenuButton
              label="Export"
              className={buttonStyle({})}
              load={loadExport}
              list={{
                addresses: {
                  csv: exportAddress(slug, query, "csv"),
                  jsonl: exportAddress(slug, query, "jsonl"),
                },
              }}
            >
              <Download aria-hidden="true" />
              <span className="hidden lg:inline">Export</span>
            </MenuButton>
            <Select
              aria-label="Order"
              className="w-40 sm:w-44"
              value={query.sort}
              options={SORTS}
              onChange={(event) => go(withOrder(query, event.target.value as OutputQuery["sort"]))}
            />
          </>
        }
        footer={
          page.next || page.previous ? (
            <Paging slug={slug} query={query} page={page} timeZone={timeZone} />
          ) : null
        }
        className={cn("transition-opacity", pending && "opacity-60")}
      >
        <div aria-busy={pending}>
          {page.outputs.length > 0 ? (
            <OutputTable
              outputs={page.outputs}
              timeZone={timeZone}
              shown={query.column}
              withPreview={withPreview}
              hrefOf={(output) => `/${slug}/output/${output.id}`}
              {...(canPick ? { selection: { chosen, onChange: setChosen } } : {})}
            />
          ) : (
            <NothingFound slug={slug} query={query} page={page} onClear={() => go({ sort: query.sort })} />
          )}
        </div>
      </Card>
    </div>
  );
}

/** Each row has all of its columns, so that choosing some asks the server for nothing; the address says them all the same. */
function useColumns(slug: string, asked: PageQuery): [PageQuery, (column: string[] | undefined) => void] {
  const [before, setBefore] = useState(asked);
  const [column, setColumn] = useState(asked.column);
  if (before !== asked) {
    setBefore(asked);
    setColumn(asked.column);
  }
  const query = withColumns(asked, column);
  const choose = (next: string[] | undefined) => {
    setColumn(next);
    window.history.replaceState(null, "", outputAddress(slug, withColumns(asked, next)));
  };
  return [query, choose];
}

function countText({ matching, matching_all }: OutputPage): string {
  if (matching > MOST_COUNTED) return `More than ${formatCount(MOST_COUNTED)} outputs`;
  const count = matching === 1 ? "1 output" : `${formatCount(matching)} outputs`;
  return matching_all ? count : `${count} or more`;
}

interface PageFacts {
  slug: string;
  query: PageQuery;
  page: OutputPage;
}

function NothingFound({ slug, query, page, onClear }: PageFacts & { onClear: () => void }) {
  const onward =
    page.stopped_at && page.next ? outputAddress(slug, withCursor(query, { after: page.next })) : null;
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title={onward ? "Nothing found so far" : "No output matches"}
      actions={
        <>
          <Button onClick={onClear}>Clear all filters</Button>
          {onward ? (
            <LinkButton variant="primary" href={onward}>
              Look further
            </LinkButton>
          ) : null}
        </>
      }
    >
      {onward
        ? "There is more to look through. Days in the filter (from=, to=) lead there at once."
        : "Remove one of the filters above to see more."}
    </EmptyState>
  );
}

/** Where looking stopped, so that what is missing is not taken for what does not exist. */
function StoppedAt({ timeZone, page: { stopped_at } }: { timeZone: string; page: OutputPage }) {
  if (!stopped_at) return null;
  const { looked_at, occurred_at } = stopped_at;
  return (
    <p className="text-xs text-subtle tabular">
      {formatCount(looked_at)} outputs were looked through
      {occurred_at ? `, as far as ${formatInstant(occurred_at, timeZone)}` : ""}.
    </p>
  );
}

function Paging({ slug, query, page, timeZone }: PageFacts & { timeZone: string }) {
  const names =
    query.sort === "id"
      ? ["Previous", "Next"]
      : query.sort === "oldest"
        ? ["Older", "Newer"]
        : ["Newer", "Older"];
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-2">
      {page.previous ? (
        <LinkButton size="sm" href={outputAddress(slug, withCursor(query, { before: page.previous }))}>
          <ChevronLeft aria-hidden="true" />
          {names[0]}
        </LinkButton>
      ) : (
        <span />
      )}
      <StoppedAt timeZone={timeZone} page={page} />
      {page.next ? (
        <LinkButton size="sm" href={outputAddress(slug, withCursor(query, { after: page.next }))}>
          {page.stopped_at ? "Look further" : names[1]}
          <ChevronRight aria-hidden="true" />
        </LinkButton>
      ) : null}
    </nav>
  );
}
