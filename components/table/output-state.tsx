import { Check, CircleDashed, CircleHelp, Clock, Minus, X } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import type { OutputRow } from "@/lib/output/schema";

type Verdict = OutputRow["verdict"];
type State = OutputRow["state"];

/** What reviewers said, or why nobody has said anything. */
export function OutputStateBadge({ state, verdict }: { state: State; verdict: Verdict }) {
  if (verdict && (state === "counted" || state === "surplus")) return <VerdictBadge verdict={verdict} />;
  switch (state) {
    case "waiting":
      return (
        <Badge tone="accent" title="Drawn for review; nobody has judged it yet">
          <Clock aria-hidden="true" />
          Waiting
        </Badge>
      );
    case "unsure":
      return (
        <Badge title="No reviewer could judge it so far">
          <CircleHelp aria-hidden="true" />
          Unsure
        </Badge>
      );
    case "withdrawn":
      return (
        <Badge tone="outline" title="Drawn for review once, served no longer">
          <CircleDashed aria-hidden="true" />
          Withdrawn
        </Badge>
      );
    default:
      return (
        <span className="inline-flex items-center gap-1 text-xs text-subtle" title="Not drawn for review">
          <Minus aria-hidden="true" className="size-3" />
          Not drawn
        </span>
      );
  }
}

export function VerdictBadge({ verdict }: { verdict: NonNullable<Verdict> }) {
  if (verdict === "correct") {
    return (
      <Badge tone="good">
        <Check aria-hidden="true" />
        Correct
      </Badge>
    );
  }
  if (verdict === "incorrect") {
    return (
      <Badge tone="alarm">
        <X aria-hidden="true" />
        Incorrect
      </Badge>
    );
  }
  return (
    <Badge>
      <CircleHelp aria-hidden="true" />
      Cannot judge
    </Badge>
  );
}

/** One sentence on how an output takes part in the estimate. */
export function stateExplanation(state: State): string {
  switch (state) {
    case "counted":
      return "It was drawn, judged, and is part of the accuracy.";
    case "surplus":
      return "It was judged, but others of its draw with a smaller random number are not yet; counting it now would favour what was reviewed first.";
    case "unsure":
      return "It was drawn, but no reviewer could judge it so far.";
    case "waiting":
      return "It was drawn and waits in the review queue.";
    case "withdrawn":
      return "It was drawn, but nobody judged it in time; it is served no longer.";
    default:
      return "It was not drawn for review: its random number is not below the rate.";
  }
}
