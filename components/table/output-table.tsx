"use client";

import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { Flag } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/choice";
import { cn } from "@/components/ui/class-names";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatInstant } from "@/lib/core/format";
import type { OutputRow } from "@/lib/output/schema";

import { OutputStateBadge } from "./output-state";

const SHOWN_SEGMENTS = 3;

// Sorting, filtering and paging happen in the database; the table has only columns and rows.
const features = tableFeatures({});
const helper = createColumnHelper<typeof features, OutputRow>();

const columns = helper.columns([
  helper.accessor("external_id", { header: "Output", cell: (cell) => cell.getValue() }),
  helper.accessor("preview", {
    header: "Result",
    cell: (cell) => <Preview text={cell.getValue()} />,
  }),
  helper.accessor("segments", {
    header: "Segments",
    cell: (cell) => <Segments segments={cell.getValue()} />,
  }),
  helper.accessor("model_version", {
    header: "Version",
    cell: (cell) => <span className="block max-w-32 truncate">{cell.getValue() ?? "–"}</span>,
  }),
  helper.accessor("state", {
    header: "Review",
    cell: (cell) => <OutputStateBadge state={cell.row.original.state} verdict={cell.row.original.verdict} />,
  }),
]);

const COLUMN_STYLE: Readonly<Record<string, string>> = {
  preview: "hidden lg:table-cell",
  segments: "hidden sm:table-cell",
  model_version: "hidden md:table-cell text-muted",
};

export interface OutputTableProps {
  outputs: readonly OutputRow[];
  timeZone: string;
  hrefOf: (output: OutputRow) => string;
  /** Without the permission to read payloads there is no result column. */
  withPreview: boolean;
  /** Lets rows be marked. */
  selection?: OutputSelection;
}

export interface OutputSelection {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** A page of outputs; each row leads to its output. */
export function OutputTable({ outputs, timeZone, hrefOf, withPreview, selection }: OutputTableProps) {
  const table = useTable({ features, columns, data: outputs as OutputRow[] });
  const isShown = (id: string) => withPreview || id !== "preview";
  return (
    <Table label="Outputs">
      <TableHead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {selection ? (
              <HeaderCell className="w-8 pr-0">
                <MarkAll outputs={outputs} selection={selection} />
              </HeaderCell>
            ) : null}
            {group.headers
              .filter((header) => isShown(header.column.id))
              .map((header) => (
                <HeaderCell key={header.id} className={COLUMN_STYLE[header.column.id]}>
                  <table.FlexRender header={header} />
                </HeaderCell>
              ))}
          </tr>
        ))}
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map((row) => (
          <TableRow key={row.id} className="relative h-12">
            {selection ? (
              <Cell className="w-8 pr-0">
                <Mark output={row.original} selection={selection} />
              </Cell>
            ) : null}
            {row
              .getAllCells()
              .filter((cell) => isShown(cell.column.id))
              .map((cell) => (
                <Cell key={cell.id} className={cn(COLUMN_STYLE[cell.column.id])}>
                  {cell.column.id === "external_id" ? (
                    <Identity output={row.original} timeZone={timeZone} href={hrefOf(row.original)} />
                  ) : (
                    <table.FlexRender cell={cell} />
                  )}
                </Cell>
              ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const hidden = (text: string) => <span className="sr-only">{text}</span>;

/** Above the link that covers the row. */
function Mark({ output, selection }: { output: OutputRow; selection: OutputSelection }) {
  return (
    <Checkbox
      className="relative z-10 gap-0"
      label={hidden(`Mark ${output.external_id}`)}
      checked={selection.chosen.has(output.id)}
      onChange={(event) => selection.onChange(marked(selection.chosen, [output.id], event.target.checked))}
    />
  );
}

function MarkAll({ outputs, selection }: { outputs: readonly OutputRow[]; selection: OutputSelection }) {
  const ids = outputs.map((output) => output.id);
  return (
    <Checkbox
      className="gap-0"
      label={hidden("Mark all on this page")}
      checked={ids.length > 0 && ids.every((id) => selection.chosen.has(id))}
      onChange={(event) => selection.onChange(marked(selection.chosen, ids, event.target.checked))}
    />
  );
}

function marked(chosen: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** The link covers the whole row, so that a press anywhere opens the output. */
function Identity({ output, timeZone, href }: { output: OutputRow; timeZone: string; href: string }) {
  return (
    <div className="max-w-44 min-w-0 sm:max-w-64">
      <Link
        href={href as Route}
        prefetch={false}
        className="block truncate font-mono text-xs font-medium text-ink after:absolute after:inset-0 hover:text-accent-ink"
      >
        {output.external_id}
      </Link>
      <span className="flex items-center gap-1.5 text-xs text-subtle">
        <span className="truncate tabular">{formatInstant(output.occurred_at, timeZone)}</span>
        {output.phase === "pilot" ? (
          <Badge tone="outline" className="h-4">
            Pilot
          </Badge>
        ) : null}
        {output.flags.length > 0 ? (
          <span title={output.flags.join(", ")} className="inline-flex items-center gap-0.5 text-warn-ink">
            <Flag aria-hidden="true" className="size-3" />
            <span className="sr-only">flagged: {output.flags.join(", ")}</span>
          </span>
        ) : null}
      </span>
    </div>
  );
}

function Preview({ text }: { text: string | null }) {
  return <span className="block max-w-md truncate font-mono text-xs text-muted">{text ?? "–"}</span>;
}

function Segments({ segments }: { segments: Readonly<Record<string, string>> }) {
  const entries = Object.entries(segments);
  return (
    <span className="flex max-w-96 flex-wrap gap-1">
      {entries.slice(0, SHOWN_SEGMENTS).map(([attribute, value]) => (
        <Badge key={attribute} title={`${attribute} = ${value}`} className="max-w-36">
          <span className="truncate">{value === "" ? "(empty)" : value}</span>
        </Badge>
      ))}
      {entries.length > SHOWN_SEGMENTS ? (
        <span
          className="text-xs text-subtle"
          title={entries.map(([attribute, value]) => `${attribute} = ${value}`).join("\n")}
        >
          +{entries.length - SHOWN_SEGMENTS}
        </span>
      ) : null}
    </span>
  );
}
