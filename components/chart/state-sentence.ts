import {
  formatDay,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatSegmentValue,
} from "@/lib/core/format";
import type { AccuracyEstimate, AccuracyGap, AccuracySeries, Segment } from "@/lib/estimate/schema";

import { addDays, periodPhrase } from "./calendar-day";
import { correctedWords } from "./corrected-words";
import { accuracyRange, accuracyText, isBounded } from "./estimate-text";
import { FEWEST_FOR_LINE } from "./chart-rows";

/**
 * below, above: the gap's interval lies on one side of zero. unclear: it does not. no_pilot: nothing to compare with.
 * The last three have no current number.
 */
export type AccuracyState =
  | "below"
  | "above"
  | "unclear"
  | "no_pilot"
  | "too_few"
  | "no_reviews"
  | "no_outputs";

export interface StateSentence {
  state: AccuracyState;
  /** The finding in one sentence. */
  headline: string;
  /** What it rests on or what may explain it; each a sentence. */
  evidence: string[];
}

/** What a manager needs first, in words: how accurate, since when worse, what happened just before, what the number leaves out. */
export function stateSentence(series: AccuracySeries): StateSentence {
  const { now, pilot, totals, period, today } = series;
  if (totals.outputs === 0) return plain("no_outputs", "No outputs have arrived yet.");
  if (totals.reviews === 0)
    return plain("no_reviews", "Outputs have arrived, but nobody has reviewed any of them yet.");
  if (!now) {
    return plain(
      "too_few",
      `Too few reviews for a number: no completed period has ${FEWEST_FOR_LINE} of them yet.`,
    );
  }
  const when = periodPhrase(now.start, now.end, period.period, today);
  const said = `${subject(series.segment)} was ${meanWithInterval(now.estimate)} ${when}`;
  if (isBounded(now.estimate)) return boundedSentence(series, now.estimate, said);
  // Without any known item there is nothing to say of them: that they are wanting stands where they are made.
  const corrected = now.corrected.gold.n > 0 ? [correctedWords(now.corrected)] : [];
  const evidence = [basis(now.estimate), ...corrected];
  if (!pilot || !now.gap) {
    return { state: "no_pilot", headline: `${said}. There is no pilot to compare it with.`, evidence };
  }
  const state = gapState(now.gap);
  if (state === "below") evidence.push(...sinceWhen(series));
  evidence.push(...leftOut(now.estimate));
  return { state, headline: `${said}, ${gapPhrase(now.gap)}.`, evidence };
}

/** On which side of the pilot the whole interval of the gap lies. */
export function gapState(gap: AccuracyGap): "below" | "above" | "unclear" {
  if (gap.high < 0) return "below";
  return gap.low > 0 ? "above" : "unclear";
}

/** "7.2 points below the pilot (3.1 to 11.3)", "no clear difference from the pilot (from 3.0 points below to 2.1 above)" */
export function gapPhrase(gap: AccuracyGap): string {
  const state = gapState(gap);
  if (state === "below")
    return `${points(gap.difference)} points below the pilot (${points(gap.high)} to ${points(gap.low)})`;
  if (state === "above")
    return `${points(gap.difference)} points above the pilot (${points(gap.low)} to ${points(gap.high)})`;
  return `no clear difference from the pilot (from ${points(gap.low)} points below to ${points(gap.high)} above)`;
}

function plain(state: AccuracyState, headline: string): StateSentence {
  return { state, headline, evidence: [] };
}

function subject(segment: Segment): string {
  return segment.attribute === "" ? "Accuracy" : `Accuracy for ${segmentName(segment)}`;
}

/** "device = ios"; the whole stream is "all outputs". */
export function segmentName(segment: Segment): string {
  if (segment.attribute === "") return "all outputs";
  return `${segment.attribute} = ${formatSegmentValue(segment.value)}`;
}

function meanWithInterval(estimate: AccuracyEstimate): string {
  const between = isBounded(estimate) ? "between " : "";
  const text = accuracyText(estimate);
  return `${between}${between ? text.replace(" to ", " and ") : text} (${formatInterval(accuracyRange(estimate))})`;
}

/** Too many outputs could not be judged for one number: what can be said whatever those were. */
function boundedSentence(series: AccuracySeries, estimate: AccuracyEstimate, said: string): StateSentence {
  const { pilot, now } = series;
  const evidence = [
    `Reviewers could not judge ${formatPercent(estimate.unsure_share, 0)}: all of those may have been wrong, or all right, so there is no single number.`,
    basis(estimate),
    ...leftOut(estimate),
  ];
  if (!pilot || !now?.gap)
    return { state: "no_pilot", headline: `${said}. There is no pilot to compare it with.`, evidence };
  const of = `the pilot's ${formatPercent(pilot.estimate.mean)}`;
  const state = gapState(now.gap);
  const against = {
    below: `, at best below ${of}`,
    above: `, at worst above ${of}`,
    unclear: `, which leaves open whether it differs from ${of}`,
  };
  return { state, headline: `${said}${against[state]}.`, evidence };
}

function basis(estimate: AccuracyEstimate): string {
  return `It rests on ${estimate.n} reviewed outputs; the range in brackets holds the true accuracy in ${Math.round(estimate.level * 100)} of 100 such cases.`;
}

/** Whether the days that are shown begin with the first output. */
function isWhole({ from, extent }: AccuracySeries): boolean {
  return extent === null || from <= extent.first;
}

/** The unbroken run of periods at the end whose whole interval lies under the pilot, and a release or another form just before it. */
function sinceWhen(series: AccuracySeries): string[] {
  const { now, pilot, period } = series;
  if (!now || !pilot) return [];
  const judged = series.points.filter(
    (point) =>
      point.state === "complete" && point.start <= now.start && (point.estimate?.n ?? 0) >= FEWEST_FOR_LINE,
  );
  const under = (point: (typeof judged)[number]) => (point.estimate?.high ?? 1) < pilot.estimate.mean;
  const lastFine = judged.findLastIndex((point) => !under(point));
  const first = judged[lastFine + 1];
  if (!first) return [];
  const runs = judged.length - lastFine - 1;
  const sentences =
    lastFine < 0
      ? [
          `It has been below the pilot in every ${period.period} ${isWhole(series) ? "so far" : "that is shown"}.`,
        ]
      : runs > 1
        ? [
            `It has stayed below the pilot since ${formatDay(first.start)}: ${runs} ${period.period}s in a row.`,
          ]
        : [`It is the first ${period.period} that is clearly below the pilot.`];
  const release = series.releases.findLast(
    (mark) => mark.day <= first.end && mark.day >= addDays(first.start, -7),
  );
  if (release)
    sentences.push(
      `${release.model_name} ${release.model_version} went live on ${formatDay(release.day)}, close to where the drop begins.`,
    );
  const form = series.form_versions.findLast(
    (mark) => mark.day <= first.end && mark.day >= addDays(first.start, -7),
  );
  if (form)
    sentences.push(
      `Version ${form.version} of the answer form came into force on ${formatDay(form.day)}: reviewers may have been asked something else.`,
    );
  return sentences;
}

function leftOut(estimate: AccuracyEstimate): string[] {
  const sentences: string[] = [];
  if (estimate.unaudited_share >= 0.005) {
    sentences.push(
      `${formatPercent(estimate.unaudited_share, 0)} of the traffic has not been looked at; the range allows for it.`,
    );
  }
  if (estimate.unsure_share >= 0.005 && estimate.bounds && !isBounded(estimate)) {
    sentences.push(
      `Reviewers could not judge ${formatPercent(estimate.unsure_share, 0)}: had all of those been wrong or all right, accuracy would be ${formatInterval(estimate.bounds, 1)}.`,
    );
  }
  return sentences;
}

function points(difference: number): string {
  return formatDecimal(Math.abs(difference * 100), 1);
}
