"use client";

import dynamic from "next/dynamic";

import { Skeleton } from "@/components/ui/skeleton";
import type { DayFlow } from "@/lib/drift/flow-schema";

import { FLOW_PARTS } from "./flow-parts";

const HEIGHT = 200;

// Recharts is 100 KB: it comes after the page, into a place that is already kept free.
const FlowChart = dynamic(() => import("./flow-chart").then((loaded) => loaded.FlowChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[200px] w-full" />,
});

/** Records per day with the names of the parts that occur. */
export function FlowFigure({ days }: { days: readonly DayFlow[] }) {
  const present = FLOW_PARTS.filter(({ part }) => days.some((day) => day[part] > 0));
  return (
    <figure className="flex min-w-0 flex-col gap-2" aria-label="Records per day by what became of them">
      <figcaption>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {present.map(({ part, label, color }) => (
            <li key={part} className="flex items-center gap-1.5">
              <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
      <FlowChart days={days} height={HEIGHT} />
    </figure>
  );
}
