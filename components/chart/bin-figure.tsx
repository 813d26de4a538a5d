"use client";

import dynamic from "next/dynamic";
import { useState } from "react";

import { TextLink } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { Segmented } from "@/components/ui/segmented";
import { formatPercent } from "@/lib/core/format";
import type { ShownBin } from "@/lib/drift/schema";

const HEIGHT = 220;

// Recharts is 100 KB: it comes after the page, into a place that is already kept free.
const BinChart = dynamic(() => import("./bin-chart").then((loaded) => loaded.BinChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[220px] w-full" />,
});

/** The two histograms of a field, as a chart or as the same numbers in a table with links to the outputs of each bin. */
export function BinFigure({
  label,
  bins,
  hrefs,
}: {
  label: string;
  bins: readonly ShownBin[];
  /** Address of the outputs of each bin; null where none can be given. */
  hrefs: readonly (string | null)[];
}) {
  const [view, setView] = useState("chart");
  return (
    <figure className="flex min-w-0 flex-col gap-2" aria-label={`${label}: shares now and in the pilot`}>
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
        <span className="flex items-center gap-4">
          <Key color="var(--chart-bar-strong)" text="Pilot" />
          <Key color="var(--chart-line)" text="Now" />
        </span>
        <Segmented
          label={`How to show ${label}`}
          value={view}
          options={[
            { value: "chart", label: "Chart" },
            { value: "table", label: "Table" },
          ]}
          onChange={setView}
        />
      </figcaption>
      {view === "chart" ? (
        <BinChart
          bins={bins}
          height={HEIGHT}
          label={`${label}, now and in the pilot. The table shows the same.`}
        />
      ) : (
        <BinTable label={label} bins={bins} hrefs={hrefs} />
      )}
    </figure>
  );
}

function Key({ color, text }: { color: string; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: color }} />
      {text}
    </span>
  );
}

function BinTable({
  label,
  bins,
  hrefs,
}: {
  label: string;
  bins: readonly ShownBin[];
  hrefs: readonly (string | null)[];
}) {
  return (
    <Table label={`${label}: shares now and in the pilot`}>
      <TableHead>
        <tr>
          <HeaderCell>Value</HeaderCell>
          <HeaderCell numeric>Pilot</HeaderCell>
          <HeaderCell numeric>Now</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {bins.map((bin, at) => (
          <TableRow key={bin.label}>
            <Cell className="break-words">
              {hrefs[at] ? (
                <TextLink href={hrefs[at]}>
                  <bdi>{bin.label}</bdi>
                </TextLink>
              ) : (
                <bdi>{bin.label}</bdi>
              )}
            </Cell>
            <Cell numeric>{formatPercent(bin.pilot)}</Cell>
            <Cell numeric>{formatPercent(bin.now)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
