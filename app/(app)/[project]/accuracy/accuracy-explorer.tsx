"use client";

import { X } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ReactNode, useTransition } from "react";

import { DocLink } from "@/components/docs/doc-link";
import { AccuracyFigure } from "@/components/chart/accuracy-figure";
import type { ChartIncident } from "@/components/chart/chart-incident";
import { dayRange } from "@/components/chart/calendar-day";
import { segmentName } from "@/components/chart/state-sentence";
import { SegmentTable } from "@/components/table/segment-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { AccuracySeries, Segment, SegmentTable as SegmentTableData } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import { compareAddress } from "./compare/compare-state";
import { COMPARED, type Days, outputsOfPeriod, RANGES, segmentText, viewState } from "./view-state";
import { ZoomBar } from "./zoom-bar";

const RANGE_LABELS = {
  "4w": "4 weeks",
  "3m": "3 months",
  "6m": "6 months",
  "1y": "1 year",
  all: "All",
} as const;
const PERIOD_OPTIONS = [
  { value: "auto", label: "By: automatic" },
  { value: "day", label: "By day" },
  { value: "week", label: "By week" },
  { value: "month", label: "By month" },
];

const BESIDE_OPTIONS = [
  { value: "pilot", label: "Against: the pilot" },
  { value: "previous", label: "Against: period before" },
  { value: "days", label: "Against: own choice" },
];

export interface AccuracyExplorerProps {
  slug: string;
  series: AccuracySeries;
  /** The days just before, where they are compared. */
  earlier: AccuracySeries | null;
  floor: AccuracyFloor | null;
  /** The range that the address names, of which a part may be shown. */
  whole: Days;
  segments: SegmentTableData;
  /** Of the shown segment, and those of any segment that are not resolved. */
  incidents: { shown: readonly ChartIncident[]; unresolved: readonly ChartIncident[] };
  /** Shown in the chart's place when there is nothing to draw. */
  empty?: ReactNode;
  /** Between the chart and the segments: what was found. */
  findings?: ReactNode;
}

/** Trend and segments; every choice lives in the address. */
export function AccuracyExplorer({
  slug,
  series,
  earlier,
  floor,
  whole,
  segments,
  incidents,
  empty,
  findings,
}: AccuracyExplorerProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(viewState, { shallow: false, startTransition });
  const choose = (segment: Segment) => setView({ segment: segmentText(segment) || null });
  const rows = view.attribute
    ? segments.rows.filter((row) => row.segment.attribute === view.attribute)
    : segments.rows;
  // A step of its own in the browser's history: the way back leads out of it.
  const zoom = (days: Days | null) => void setView({ zoom: days }, { history: "push" });
  const isSegment = series.segment.attribute !== "";
  return (
    <div
      className={cn("flex flex-col gap-4 transition-opacity", pending && "opacity-60")}
      aria-busy={pending}
    >
      <Card
        title={
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate">{isSegment ? segmentName(series.segment) : "All outputs"}</span>
            {isSegment ? (
              <Button variant="ghost" size="sm" onClick={() => setView({ segment: null })}>
                <X aria-hidden="true" />
                All outputs
              </Button>
            ) : null}
          </span>
        }
        description={
          <>
            {dayRange(series.from, series.to)}, {series.time_zone}.{" "}
            <DocLink to="/docs#band">How to read the bands</DocLink>
          </>
        }
        actions={
          <>
            <Segmented
              label="Range"
              value={view.range}
              onChange={(range) =>
                setView({ range: RANGES.find((each) => each === range) ?? null, zoom: null })
              }
              options={RANGES.map((range) => ({ value: range, label: RANGE_LABELS[range] }))}
            />
            <Select
              aria-label="Shown against"
              className="w-52"
              value={view.against}
              options={BESIDE_OPTIONS}
              onChange={(event) =>
                setView({ against: COMPARED.find((each) => each === event.target.value) ?? null })
              }
            />
            <Select
              aria-label="Points"
              className="w-40"
              value={view.period}
              options={PERIOD_OPTIONS}
              onChange={(event) =>
                setView({
                  period:
                    (["day", "week", "month"] as const).find((each) => each === event.target.value) ?? null,
                })
              }
            />
          </>
        }
      >
        <ZoomBar zoom={view.zoom} shown={{ from: series.from, to: series.to }} whole={whole} onZoom={zoom} />
        {empty ?? (
          <AccuracyFigure
            series={series}
            earlier={earlier}
            floor={floor}
            incidents={incidents.shown}
            view={view.view}
            onView={(next) => setView({ view: next }, { shallow: true })}
            outputsHref={(row) => outputsOfPeriod(slug, series.segment, row)}
            onOpen={(href) => router.push(href as Route)}
            onZoom={zoom}
            releaseHref={({ model_version: later }) => compareAddress(slug, { later })}
          />
        )}
      </Card>
      {findings}
      {segments.rows.length > 0 ? (
        <Card
          flush
          title="Segments"
          description={
            <>
              {dayRange(segments.from, segments.to)}. Choose one to see it in the chart.{" "}
              <DocLink to="/docs#segment">What a segment is</DocLink>
            </>
          }
          actions={
            segments.attributes.length > 1 ? (
              <Select
                aria-label="Attribute"
                className="w-44"
                value={view.attribute}
                options={[
                  { value: "", label: "All attributes" },
                  ...segments.attributes.map((each) => ({ value: each, label: each })),
                ]}
                onChange={(event) => setView({ attribute: event.target.value || null }, { shallow: true })}
              />
            ) : null
          }
          footer={
            segments.left_out > 0 ? `${segments.left_out} segments with little traffic are not listed.` : null
          }
        >
          <SegmentTable
            rows={rows}
            overall={segments.overall}
            current={series.segment}
            sort={{ by: view.sort, descending: view.order === "desc" }}
            onSort={({ by, descending }) =>
              setView({ sort: by, order: descending ? "desc" : null }, { shallow: true })
            }
            onChoose={choose}
            hasPilot={series.pilot !== null}
            incidents={incidents.unresolved}
          />
        </Card>
      ) : null}
    </div>
  );
}
