"use client";

import { useState } from "react";

import { AccuracyFigure } from "@/components/chart/accuracy-figure";
import { Card } from "@/components/ui/card";
import type { AccuracySeries } from "@/lib/estimate/schema";

/** The trend with every kind of point: counted, too few reviews, no outputs, reviews still due, not over yet. */
export function SampleChart({ series }: { series: AccuracySeries }) {
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <Card title="Accuracy over time" description="Made-up numbers">
      <AccuracyFigure
        series={series}
        earlier={null}
        floor={{ accuracy: 0.88, promised: true }}
        incidents={[]}
        view={view}
        onView={setView}
        outputsHref={() => "#content"}
        onOpen={() => undefined}
        onZoom={() => undefined}
        releaseHref={() => "#content"}
      />
    </Card>
  );
}
