"use client";

import { ChartLine, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";

import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Skeleton } from "@/components/ui/skeleton";
import { Segmented } from "@/components/ui/segmented";
import { usePrinting } from "@/components/ui/use-printing";
import type { AccuracySeries, ReleaseMark } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import { accuracyCsv } from "./accuracy-csv";
import { AccuracyTable } from "./accuracy-table";
import { addDays } from "./calendar-day";
import type { ChartIncident } from "./chart-incident";
import { ChartLegend } from "./chart-legend";
import { accuracyAxis, axisEnds, type ChartRow } from "./chart-rows";
import { PeriodFacts } from "./chart-tooltip";
import { type ComparedRow, withEarlier } from "./with-earlier";

const HEIGHT = 380;

// Recharts is 100 KB: it comes after the page, into a place that is already kept free.
const AccuracyChart = dynamic(() => import("./accuracy-chart").then((loaded) => loaded.AccuracyChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[380px] w-full" />,
});

export interface AccuracyFigureProps {
  series: AccuracySeries;
  /** As many days just before, where they are compared. */
  earlier: AccuracySeries | null;
  /** Of the shown segment: the accuracy that must not be undershot. */
  floor: AccuracyFloor | null;
  /** Of the shown segment. */
  incidents: readonly ChartIncident[];
  view: "chart" | "table";
  onView: (view: "chart" | "table") => void;
  /** Address of exactly the outputs of a period. */
  outputsHref: (row: ChartRow) => string;
  onOpen: (href: string) => void;
  onZoom: (days: { from: string; to: string }) => void;
  releaseHref: (release: ReleaseMark) => string;
}

/** The trend as a chart or as the same numbers in a table; on paper, where nobody can switch, as both. */
export function AccuracyFigure({
  series,
  earlier,
  floor,
  incidents,
  view,
  onView,
  outputsHref,
  onOpen,
  onZoom,
  releaseHref,
}: AccuracyFigureProps) {
  const rows = useMemo(() => withEarlier(series, earlier), [series, earlier]);
  const printing = usePrinting();
  const [picked, setPicked] = useState<ComparedRow | null>(null);
  function pick(row: ComparedRow, touch: boolean) {
    if (touch) setPicked(row);
    else onOpen(outputsHref(row));
  }
  return (
    <figure className="flex min-w-0 flex-col gap-3" aria-label="Accuracy over time">
      <figcaption className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72 pt-1.5">
          <ChartLegend
            rows={rows}
            pilot={series.pilot}
            floor={floor}
            hasReleases={series.releases.length > 0}
            hasForms={series.form_versions.some((mark) => isShown(mark, rows))}
            hasEarlier={rows.some((row) => row.earlier !== null)}
            hasIncidents={incidents.length > 0}
            axis={accuracyAxis(rows, axisEnds(rows, series.pilot, floor))}
          />
        </div>
        <div className="flex items-center gap-2">
          {view === "table" ? <CopyButton text={() => accuracyCsv(series)} label="Copy as CSV" /> : null}
          <Segmented
            label="Show as"
            value={view}
            onChange={(next) => onView(next === "table" ? "table" : "chart")}
            options={[
              {
                value: "chart",
                label: (
                  <>
                    <ChartLine aria-hidden="true" />
                    Chart
                  </>
                ),
              },
              {
                value: "table",
                label: (
                  <>
                    <Table2 aria-hidden="true" />
                    Table
                  </>
                ),
              },
            ]}
          />
        </div>
      </figcaption>
      {view === "table" ? null : (
        <div className="-ml-2 min-h-[380px] min-w-0 print:min-h-0">
          <AccuracyChart
            rows={rows}
            pilot={series.pilot}
            floor={floor}
            releases={series.releases}
            forms={series.form_versions}
            incidents={incidents}
            height={HEIGHT}
            onPick={pick}
            onZoom={onZoom}
            releaseHref={releaseHref}
          />
        </div>
      )}
      {view === "table" || printing ? (
        <AccuracyTable
          rows={rows}
          pilot={series.pilot}
          incidents={incidents}
          releases={series.releases}
          releaseHref={releaseHref}
          forms={series.form_versions}
          period={series.period.period}
          outputsHref={outputsHref}
        />
      ) : null}
      {picked && view === "chart" ? (
        <div
          role="status"
          className="flex flex-wrap items-end justify-between gap-3 rounded-lg border border-line bg-sunken p-3 text-xs text-muted"
        >
          <div>
            <PeriodFacts row={picked} />
          </div>
          <LinkButton href={outputsHref(picked)}>Show its outputs</LinkButton>
        </div>
      ) : null}
      {series.period.too_fine ? (
        <p className="text-xs text-subtle">
          Shown by {series.period.period}, because many {series.period.too_fine}s have fewer than 20 reviews.
        </p>
      ) : null}
    </figure>
  );
}

/** Whether a mark lies on the days of the chart, or on the one after them. */
function isShown(mark: { day: string }, rows: readonly ChartRow[]): boolean {
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    first !== undefined && last !== undefined && mark.day >= first.start && mark.day <= addDays(last.end, 1)
  );
}
