import { CircleDashed, CircleDot, TrendingDown, TrendingUp } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/class-names";

import type { AccuracyState, StateSentence } from "./state-sentence";

const LOOK: Readonly<Record<AccuracyState, { icon: typeof CircleDot; style: string }>> = {
  below: { icon: TrendingDown, style: "bg-warn-soft text-warn-ink border-warn-line" },
  above: { icon: TrendingUp, style: "bg-sunken text-ink border-line" },
  unclear: { icon: CircleDot, style: "bg-sunken text-muted border-line" },
  no_pilot: { icon: CircleDashed, style: "bg-sunken text-muted border-line" },
  too_few: { icon: CircleDashed, style: "bg-sunken text-muted border-line" },
  no_reviews: { icon: CircleDashed, style: "bg-sunken text-muted border-line" },
  no_outputs: { icon: CircleDashed, style: "bg-sunken text-muted border-line" },
};

/** The finding in one sentence, with what it rests on in smaller print. */
export function StateCard({ sentence, actions }: { sentence: StateSentence; actions?: ReactNode }) {
  const { icon: Icon, style } = LOOK[sentence.state];
  return (
    <section
      aria-label="State"
      className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border border-line bg-surface p-4"
    >
      <span className={cn("grid size-9 shrink-0 place-items-center rounded-md border", style)}>
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-lg font-medium text-ink text-pretty">{sentence.headline}</p>
        {sentence.evidence.length > 0 ? (
          <p className="mt-1 max-w-4xl text-sm text-muted text-pretty">{sentence.evidence.join(" ")}</p>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </section>
  );
}
