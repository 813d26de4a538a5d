import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { ResultSentences } from "@/lib/backtest/result-sentences";
import type { BacktestSettings, BudgetResult } from "@/lib/backtest/schema";
import { formatDecimal } from "@/lib/core/format";

/** How often it alarms when nothing was lost, against what was accepted. */
export function FalseAlarms({
  budget: { no_loss: found, bound_per_year: bound },
  sentences,
  draws,
  settings,
}: {
  budget: BudgetResult;
  sentences: ResultSentences;
  draws: number;
  settings: BacktestSettings;
}) {
  const { accepted_per_year: accepted } = settings;
  const within = found.per_year.mean <= accepted;
  return (
    <Card
      title="Without any loss"
      actions={
        <Badge tone={within ? "good" : "warn"}>
          {within ? "Within what was accepted" : "More than was accepted"}
        </Badge>
      }
    >
      <div className="flex max-w-4xl flex-col gap-2 text-sm text-ink text-pretty">
        <p>{sentences.noLoss}</p>
        {sentences.noLossOtherwise ? <p>{sentences.noLossOtherwise}</p> : null}
        <p className="text-muted">
          Accepted: {accepted} a year. With as many reviews as there were, monitoring allows{" "}
          {formatDecimal(bound, 2)} a year at most on average.
        </p>
        {found.right > 0 ? (
          <p className="text-muted">
            Not counted: {Math.round((100 * found.right) / draws) / 100} alarms a draw in segments whose
            accuracy is below their boundary all the time. They are right, though nothing has changed.
          </p>
        ) : null}
      </div>
    </Card>
  );
}
