import type { ReactNode } from "react";

import { Card, Stat } from "@/components/ui/card";
import type { TrafficFigures } from "@/lib/estimate/traffic-figures";

import { dayRange } from "./calendar-day";
import { figureText, quarantineShare, trafficWords } from "./traffic-words";

/** Accuracy on accepted and on all traffic side by side, and in a sentence what leaving quarantine out would hide. */
export function TrafficCard({ figures, actions }: { figures: TrafficFigures; actions?: ReactNode }) {
  const quarantine = figureText(figures.held.estimate);
  return (
    <Card
      title="Accepted and all traffic"
      description={`${dayRange(figures.from, figures.to)}. Quarantine is ${quarantineShare(figures)}.`}
      actions={actions}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <Stat label="Accepted traffic" {...figureText(figures.accepted.estimate)} />
        <Stat label="All traffic" {...figureText(figures.all.estimate)} />
        <Stat
          label="In quarantine"
          value={quarantine.value}
          detail={
            figures.held.estimate === null
              ? `${figures.held.reviews} of ${figures.fewestReviews} reviews`
              : quarantine.detail
          }
        />
      </div>
      {trafficWords(figures).map((sentence) => (
        <p key={sentence} className="mt-3 max-w-4xl text-sm text-ink text-pretty first-of-type:mt-4">
          {sentence}
        </p>
      ))}
    </Card>
  );
}
