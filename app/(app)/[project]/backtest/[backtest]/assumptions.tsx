import { Card } from "@/components/ui/card";
import type { BacktestResult, BacktestSettings } from "@/lib/backtest/schema";
import { formatPercent } from "@/lib/core/format";

/** What the numbers rest on, so that nobody reads more into them. */
export function Assumptions({ result, settings }: { result: BacktestResult; settings: BacktestSettings }) {
  return (
    <Card title="What this rests on">
      <ul className="flex max-w-4xl list-disc flex-col gap-1 pl-5 text-sm text-muted">
        {assumptions(result, settings).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}

function pointsBelow(tolerance: number): string {
  const points = Math.round(tolerance * 1000) / 10;
  if (points === 0) return "not above";
  return `${points} ${points === 1 ? "point" : "points"} below`;
}

function assumptions({ history }: BacktestResult, settings: BacktestSettings): string[] {
  const { floor, tolerance, attributes, sampling } = settings;
  return [
    "Each draw chooses other outputs for review, by the same rules as the product: rates, order of the queue, days that are complete, boundaries and thresholds.",
    "Reviewers judge as the labels say, and have done their week's reviews when the week ends; what nobody has looked at " +
      `${sampling.maturity_days} days after its day is given up.`,
    floor === null
      ? `Boundaries come from the pilot: ${pointsBelow(tolerance)} its accuracy, and lower where it is small. A pilot of 100 labels cannot support an alarm for a loss of five points.`
      : `The boundary is the promised ${formatPercent(floor)}.`,
    `Watched: all outputs${attributes.length > 0 ? ` and the values of ${attributes.join(", ")}` : ""}.`,
    ...(sampling.attribute === null
      ? []
      : [`Reviews are spread over the values of ${sampling.attribute}, as the sampling plan says.`]),
    "Without any loss means: the same outputs with their time shuffled over pilot and production; each keeps its segments and whether it was right." +
      (history.clusters > 0 ? " Outputs that belong together are moved together." : ""),
    "An alarm without loss is false when the segment's accuracy over the whole history is not below its boundary.",
    "What is said holds for outputs like these. A loss of two points is not found with a few hundred reviews by any method.",
  ];
}
