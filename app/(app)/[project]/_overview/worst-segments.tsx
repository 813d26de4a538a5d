import type { Route } from "next";
import Link from "next/link";

import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { Sparkline } from "@/components/chart/sparkline";
import { gapState } from "@/components/chart/state-sentence";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { formatCount, formatGap, formatInterval, formatPercent, formatSegmentValue } from "@/lib/core/format";
import type { SegmentRow } from "@/lib/estimate/schema";

export interface SegmentCardFacts {
  row: SegmentRow;
  href: string;
}

/** Small charts on one scale, the most surely worse first; each leads to its trend. */
export function WorstSegments({
  segments,
  scale,
  window,
  allHref,
}: {
  segments: readonly SegmentCardFacts[];
  scale: { min: number; max: number };
  window: string;
  allHref: string;
}) {
  return (
    <Card
      title="Segments, the most surely worse first"
      description={`${window}; all on one scale, from ${formatPercent(scale.min, 0)} to ${formatPercent(scale.max, 0)}`}
      actions={<TextLink href={allHref}>All segments</TextLink>}
    >
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {segments.map(({ row, href }) => (
          <li key={href}>
            <SegmentCard row={row} href={href} scale={scale} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SegmentCard({ row, href, scale }: SegmentCardFacts & { scale: { min: number; max: number } }) {
  const { estimate, gap, segment } = row;
  const below = gap !== null && gapState(gap) === "below";
  return (
    <Link
      href={href as Route}
      prefetch={false}
      className="flex h-full items-start justify-between gap-3 rounded-md border border-line p-3 transition-colors hover:bg-hover"
    >
      <span className="min-w-0">
        <span className="block truncate text-xs text-subtle">{segment.attribute}</span>
        <span className="block truncate text-sm font-medium text-ink">
          {formatSegmentValue(segment.value)}
        </span>
        <span className="mt-1.5 block tabular">
          <span className="text-lg font-semibold text-ink">{estimate ? accuracyText(estimate) : "–"}</span>{" "}
          <span className="text-xs text-subtle">
            {estimate ? formatInterval(accuracyRange(estimate)) : ""}
          </span>
        </span>
        <span className="block text-xs text-subtle tabular">
          {gap ? (
            <span className={cn(below && "font-semibold text-ink")}>
              {below ? "▼ " : ""}
              {formatGap(gap)}
            </span>
          ) : null}
          {gap ? " to the pilot, " : ""}
          {formatCount(estimate?.n ?? 0)} reviews
        </span>
      </span>
      <span className="shrink-0 pt-1">
        <Sparkline points={row.spark} {...scale} pilot={row.pilot?.mean} width={104} height={56} />
      </span>
    </Link>
  );
}
