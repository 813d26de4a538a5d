import { formatCount, formatDay, formatDecimal, formatPercent } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";
import type { BacktestResult, BacktestSegment, BudgetResult, NoLoss, SegmentAlarms } from "./schema";

/** What fewer draws notice, and what is more than half of all outputs, is not what the headline is about. */
const NOTICED_SHARE = 0.5;
const LARGEST_SHARE = 0.5;

/** What so few draws notice is told without the weeks of those few. */
const RARE_SHARE = 0.1;

/** What a backtest found with one number of reviews a week, in whole sentences. */
export interface ResultSentences {
  /** About all outputs, and about the segment whose loss is clearest. */
  findings: string[];
  /** Index of that segment; 0, which is all outputs, when there is none. */
  clearest: number;
  noLoss: string;
  /** The same with clusters treated the other way; null without clusters. */
  noLossOtherwise: string | null;
}

export function resultSentences(result: BacktestResult, budget: BudgetResult): ResultSentences {
  const found = result.segments.map((segment, at) => ({ segment, alarms: budget.segments[at] }));
  const [whole, ...parts] = found;
  const most = LARGEST_SHARE * (whole?.segment.outputs ?? 0);
  const noticed = parts
    .filter(
      ({ segment, alarms }) =>
        segment.outputs <= most && (alarms?.alarmed ?? 0) >= NOTICED_SHARE * result.draws,
    )
    .sort((a, b) => clarity(b.segment) - clarity(a.segment));
  const [clearest] = noticed;
  const sentences = [whole, clearest].flatMap((each) =>
    each?.alarms ? [findingSentence(each.segment, each.alarms, result.draws)] : [],
  );
  return {
    findings: sentences,
    clearest: clearest ? found.indexOf(clearest) : 0,
    noLoss: noLossSentence(budget.no_loss, result.draws),
    noLossOtherwise: budget.no_loss_otherwise ? noLossSentence(budget.no_loss_otherwise, result.draws) : null,
  };
}

/** The loss in units of what chance does to it. */
function clarity({ pilot, boundary, accuracy, outputs }: BacktestSegment): number {
  return ((pilot?.accuracy ?? boundary) - (accuracy ?? 1)) * Math.sqrt(outputs);
}

function findingSentence(segment: BacktestSegment, alarms: SegmentAlarms, draws: number): string {
  const name = segment.attribute === "" ? "all outputs together" : segmentSentence(segment);
  const { week, reviews, all_reviews: all, likely_start: start } = alarms;
  const accuracy = segment.accuracy === null ? "" : ` (${formatPercent(segment.accuracy)} right)`;
  if (!week || !reviews || !all || !start)
    return `A loss in ${name}${accuracy} would have been noticed in none of ${draws} draws.`;
  if (alarms.alarmed < RARE_SHARE * draws)
    return `A loss in ${name}${accuracy} would have been noticed in only ${alarms.alarmed} of ${draws} draws.`;
  return (
    `The loss in ${name}${accuracy} would have been noticed in ${shareOf(alarms.alarmed, draws)}, half of these by the week of ` +
    `${formatDay(week.p50)}, after about ${formatCount(reviews.p50)} reviews of it and ${formatCount(all.p50)} in all; ` +
    `it would have been dated to about ${formatDay(start.p50)}.`
  );
}

/** Only certainty is 100 %. */
function shareOf(part: number, draws: number): string {
  if (part === draws) return `all of ${draws} draws`;
  const isWhole = Number.isInteger((100 * part) / draws);
  return `${formatPercent(part / draws, isWhole ? 0 : 1)} of ${draws} draws`;
}

function noLossSentence(
  { draws_with_any: any, per_year: rate, clusters_declared: declared }: NoLoss,
  draws: number,
) {
  const clusters = declared ? "" : ", when it is not told which outputs belong together";
  return (
    `Without any loss (the same outputs with their time shuffled${clusters}) ${formatCount(any)} of ${draws} draws raised a false alarm: ` +
    `${formatDecimal(rate.mean, 2)} a year, with the uncertainty of so many draws between ${formatDecimal(rate.low, 2)} and ${formatDecimal(rate.high, 2)}.`
  );
}
