"use client";

import { useTable } from "@tanstack/react-table";
import { Flag } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useMemo } from "react";

import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/choice";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatInstant } from "@/lib/core/format";
import type { OutputRow } from "@/lib/output/schema";

import { DEFAULT_COLUMNS, features, outputColumnsOf } from "./output-columns";

/** Only while the columns are the usual ones: what somebody has chosen is shown on every width. */
const USUAL_STYLE: Readonly<Record<string, string>> = {
  result: "hidden lg:table-cell",
  segments: "hidden sm:table-cell",
  version: "hidden md:table-cell",
};

export interface OutputTableProps {
  outputs: readonly OutputRow[];
  timeZone: string;
  hrefOf: (output: OutputRow) => string;
  /** Ids of the columns that were chosen, see output-columns.tsx. */
  shown?: readonly string[] | undefined;
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
export function OutputTable({ outputs, timeZone, hrefOf, shown, withPreview, selection }: OutputTableProps) {
  const columns = useMemo(() => {
    const ids = (shown ?? DEFAULT_COLUMNS).filter((id) => withPreview || id !== "result");
    return outputColumnsOf(ids, { timeZone });
  }, [shown, withPreview, timeZone]);
  const table = useTable({ features, columns, data: outputs as OutputRow[] });
  const styleOf = (id: string) => (shown ? undefined : USUAL_STYLE[id]);
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
            {group.headers.map((header) => (
              <HeaderCell key={header.id} className={styleOf(header.column.id)}>
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
            {row.getAllCells().map((cell) => (
              <Cell key={cell.id} className={styleOf(cell.column.id)}>
                {cell.column.id === "output" ? (
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
