import { supportWords } from "@/app/(app)/[project]/setting/monitor/monitor-words";
import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { formatCount, formatDrop, formatDuration, formatFew } from "@/lib/core/format";
import type { PlannerPreview } from "@/lib/planner/schema";

import { isBeyondPace, outcomeSentence, paceSentences } from "./planner-words";
import { SegmentNeeds } from "./segment-needs";

interface PlanOutcomeProps {
  slug: string;
  preview: PlannerPreview;
  problem: string | null;
  pending: boolean;
  leftOut: readonly string[];
  onLeaveOut: (value: string, out: boolean) => void;
}

/** What the goal takes, and what the reviews would find. */
export function PlanOutcome({ slug, preview, problem, pending, leftOut, onLeaveOut }: PlanOutcomeProps) {
  const { goal, needed, present, pace } = preview;
  return (
    <Card flush title="What it takes" description={basis(preview.days)} footer={footer(preview)}>
      <div
        aria-live="polite"
        aria-busy={pending}
        className={cn("transition-opacity", pending && "opacity-60")}
      >
        {problem ? <p className="px-4 pb-3 text-sm text-alarm-ink">{problem}</p> : null}
        <p className="px-4 pb-4 text-base font-medium text-pretty text-ink">{outcomeSentence(preview)}</p>
        <div className="grid grid-cols-2 gap-4 px-4 pb-4 sm:grid-cols-3">
          <Stat
            label="The goal takes"
            value={needed === null ? "–" : formatCount(needed)}
            detail={
              needed === null
                ? "no number is enough"
                : `reviews a week, ${formatFew(secondLooks(preview, needed))} of them second looks`
            }
          />
          <Stat
            label="The plan in force"
            value={formatCount(present)}
            detail={
              preview.present_finds === null
                ? `reviews a week, find nothing in ${goal.weeks} weeks`
                : `reviews a week, find ${formatDrop(preview.present_finds)} in ${goal.weeks} weeks`
            }
          />
          <Stat
            label="Work"
            value={pace.seconds === null ? "–" : formatDuration(preview.reviews_per_week * pace.seconds)}
            detail="a week, all reviewers together"
          />
        </div>
        <Remarks slug={slug} preview={preview} />
        <SegmentNeeds preview={preview} leftOut={leftOut} onLeaveOut={onLeaveOut} />
      </div>
    </Card>
  );
}

function secondLooks(preview: PlannerPreview, reviews: number): number {
  const first = preview.reviews_per_week - preview.second_looks_per_week;
  return first > 0 ? (reviews * preview.second_looks_per_week) / preview.reviews_per_week : 0;
}

function basis(days: number): string {
  if (days === 0) return "No outputs have come yet, so this rests on the number expected.";
  return days === 1
    ? "For traffic like that of the day seen so far."
    : `For traffic like that of the last ${days} days.`;
}

function footer({ goal, rows }: PlannerPreview): string {
  const boxes = rows.length > 1 ? " Values without a tick get what is left over." : "";
  return `Numbers are a week's; under “Needs” are the reviews in all until the alarm. “Finds” is the smallest drop that is found within ${goal.weeks === 1 ? "a week" : `${goal.weeks} weeks`} in 4 of 5 cases.${boxes}`;
}

function Remarks({ slug, preview }: { slug: string; preview: PlannerPreview }) {
  const { pace, support, reviews_per_week: reviews, unused_per_week: unused } = preview;
  const small = supportWords(support);
  const beyond = isBeyondPace(reviews, pace);
  const raised = preview.needed !== null && capRaises(preview);
  return (
    <div className="flex flex-col gap-3 px-4 pb-4">
      {small ? (
        <Banner tone="warn" title="The pilot is too small for an alarm at a drop of 5 points">
          {small} A larger pilot saves more reviews than any plan.
        </Banner>
      ) : null}
      <ul className="flex flex-col gap-1 text-sm text-muted">
        {paceSentences(reviews, pace).map((sentence, at) => (
          <li key={sentence} className={at === 1 && beyond ? "font-medium text-warn-ink" : ""}>
            {sentence}
            {at === 1 && beyond ? " That is less than this plan asks for: " : ""}
            {at === 1 && beyond ? <TextLink href={`/${slug}/setting/members`}>add reviewers</TextLink> : null}
            {at === 1 && beyond ? " or ask for less." : ""}
          </li>
        ))}
        {unused >= 1 && unused > reviews * 0.02 ? (
          <li>There are not enough outputs for {formatCount(unused)} of the reviews.</li>
        ) : null}
        {raised ? (
          <li>
            The needs alone add up to {formatCount(sumOfNeeds(preview))}. No value is drawn more than{" "}
            {preview.rate_ratio_cap} times as often as another, so a small value raises the number for all:
            take its tick away if that costs too much.
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function sumOfNeeds({ rows, double_review_share: second }: PlannerPreview): number {
  const needs = rows.filter(({ verdict }) => verdict === "found" || verdict === "too_few_reviews");
  return needs.reduce((sum, row) => sum + (row.needed_per_week ?? 0), 0) * (1 + second);
}

/** The rates' range, and not the needs, decides the number. */
function capRaises(preview: PlannerPreview): boolean {
  const sum = sumOfNeeds(preview);
  return sum > 0 && (preview.needed ?? 0) > 1.25 * Math.max(sum, preview.overall.needed_per_week ?? 0);
}
