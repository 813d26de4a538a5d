"use client";

import { formatCount, formatGap, formatInterval, formatPercent } from "@/lib/core/format";
import type { FormMark, ReleaseMark } from "@/lib/estimate/schema";

import { formNote, formsWithin } from "./chart-form";
import { type ChartIncident, incidentNote, incidentsWithin } from "./chart-incident";
import { type ChartRow, FEWEST_FOR_LINE, FEWEST_FOR_PERCENT } from "./chart-rows";
import { accuracyText, isBounded } from "./estimate-text";
import type { ComparedRow } from "./with-earlier";

interface TooltipProps {
  /** Filled in by Recharts. */
  active?: boolean;
  payload?: readonly { payload?: ComparedRow }[];
  releases: readonly ReleaseMark[];
  forms: readonly FormMark[];
  incidents: readonly ChartIncident[];
}

export function ChartTooltip({ active, payload, releases, forms, incidents }: TooltipProps) {
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  const here = releases.filter((mark) => mark.day >= row.start && mark.day <= row.end);
  return (
    <div className="min-w-52 max-w-72 rounded-lg bg-overlay px-3 py-2.5 text-xs text-muted shadow-float">
      <PeriodFacts row={row} />
      {here.map((mark) => (
        <p key={mark.id} className="mt-1.5 flex gap-1.5 text-ink">
          <span aria-hidden="true">⚑</span>
          {mark.model_name} {mark.model_version} went live
        </p>
      ))}
      {formsWithin(forms, row).map((mark) => (
        <p key={mark.version} className="mt-1.5 flex gap-1.5 text-ink">
          <span aria-hidden="true">▤</span>
          {formNote(mark)}
        </p>
      ))}
      {incidentsWithin(incidents, row).map(({ mark }) => (
        <p key={mark.id} className="mt-1.5 flex gap-1.5 text-alarm-ink">
          <span aria-hidden="true">▲</span>
          {incidentNote(mark)}
        </p>
      ))}
      {row.kind === "empty" ? null : <p className="mt-1.5 text-subtle">Press to see its outputs</p>}
    </div>
  );
}

/** The numbers of one period, in the tooltip and in the panel of a chosen period. */
export function PeriodFacts({ row }: { row: ComparedRow }) {
  const { estimate } = row;
  const note = stateNote(row);
  const percent = estimate && estimate.n >= FEWEST_FOR_PERCENT;
  return (
    <>
      <p className="font-medium text-ink">{row.name}</p>
      {percent ? (
        <p className="mt-0.5 flex items-baseline gap-1.5 tabular">
          <span className="text-lg font-semibold text-ink">{accuracyText(estimate)}</span>
          <span>{formatInterval(row.range ?? estimate)}</span>
        </p>
      ) : null}
      {percent && row.always && !isBounded(estimate) ? (
        <p className="tabular">{alwaysText(row, row.always)}</p>
      ) : null}
      {percent && row.gap && !isBounded(estimate) ? (
        <p className="tabular">{formatGap(row.gap)} against the pilot</p>
      ) : null}
      <p className="tabular">
        {formatCount(row.reviews)} of {formatCount(Math.round(row.population))} outputs reviewed
      </p>
      {note ? <p className="mt-1 text-ink">{note}</p> : null}
      {row.earlier ? (
        <p className="mt-1 tabular">
          {row.earlier.name}: {earlierText(row.earlier)}
        </p>
      ) : null}
    </>
  );
}

/** What is compared with a period: "91.2 % (88 to 94 %), 120 reviews" */
export function earlierText({ estimate, range, reviews }: ChartRow): string {
  const count = `${formatCount(reviews)} ${reviews === 1 ? "review" : "reviews"}`;
  if (!estimate || reviews < FEWEST_FOR_PERCENT) return count;
  return `${accuracyText(estimate)} (${formatInterval(range ?? estimate)}), ${count}`;
}

/** What still holds when one looks again and again. */
function alwaysText(row: ChartRow, always: { low: number; high: number }): string {
  return row.kind === "in_progress" || row.kind === "immature"
    ? "This range holds however often you look."
    : `${formatInterval(always)} however often you look`;
}

/** Why a period is drawn other than as a full point; null when it is one. */
export function stateNote(row: ChartRow): string | null {
  switch (row.kind) {
    case "in_progress":
      return "In progress: this period is not over.";
    case "immature":
      return `Not final: ${formatCount(row.due)} reviews are still due.`;
    case "bounded":
      return `Reviewers could not judge ${formatPercent(row.estimate?.unsure_share ?? 0, 0)}: a range instead of a number.`;
    case "thin":
      return row.reviews < FEWEST_FOR_PERCENT
        ? "Too few reviews for a percentage."
        : `Fewer than ${FEWEST_FOR_LINE} reviews: read it with care.`;
    case "unreviewed":
      return "Nobody has reviewed any of it.";
    case "empty":
      return "No outputs arrived.";
    default:
      return null;
  }
}
