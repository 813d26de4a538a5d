import type { Ctx } from "@/lib/core/ctx";
import type { GoldCounts } from "@/lib/stats/gold-accuracy";
import { type GoldJudgement, goldJudgements } from "./gold-judgements";
import { type JudgedTwice, readJudgedTwice } from "./judged-twice";
import type { ReviewerDetail, ReviewerWeek } from "./people-schema";
import type { PeopleWindow } from "./people-window";
import { type RepeatPair, readRepeatPairs, scoreOf } from "./repeat-scores";
import { reviewerRow, shownGold } from "./reviewer-report";
import { NO_WORK, reviewerWork } from "./reviewer-work";
import { truthScore } from "./truth-score";

const LISTED = 100;

/** One person as an instrument, as the actor may see it; null when nobody of this id reviews here. */
export async function reviewerDetail(
  ctx: Ctx,
  window: PeopleWindow,
  reviewerId: string,
): Promise<ReviewerDetail | null> {
  const person = await knownReviewer(ctx, reviewerId);
  return person && shownTo(ctx, await measureReviewer(ctx, window, person));
}

/** Which known items were missed is not told about oneself: it would tell which items are known. */
export function shownTo({ actor }: Pick<Ctx, "actor">, detail: ReviewerDetail): ReviewerDetail {
  const isOneself = actor.kind === "user" && actor.userId === detail.reviewer.reviewer_id;
  return isOneself ? { ...detail, misses: null } : detail;
}

/** Costs as much as the window has reviews of this person; nothing is hidden. */
export async function measureReviewer(
  ctx: Ctx,
  window: PeopleWindow,
  person: KnownReviewer,
): Promise<ReviewerDetail> {
  const { reviewerId } = person;
  const [[own], byWeek, gold, repeats, judged, truth] = await Promise.all([
    reviewerWork(ctx, window, { reviewerId, byWeek: false }),
    reviewerWork(ctx, window, { reviewerId, byWeek: true }),
    goldJudgements(ctx, window, reviewerId),
    readRepeatPairs(ctx, { window, reviewerId }),
    readJudgedTwice(ctx, window, reviewerId),
    truthScore(ctx, window, reviewerId),
  ]);
  return {
    ...window,
    reviewer: reviewerRow(own ?? { ...person, week: "", work: NO_WORK }, {
      gold: { counts: countsOf(gold), cannotJudge: gold.filter(({ said }) => said === null).length },
      repeats: scoreOf(repeats) ?? undefined,
      judged,
    }),
    weeks: byWeek.map((each) => weekOf(each, { gold, judged })),
    misses: gold.filter(isMiss).slice(0, LISTED).map(shownMiss),
    changed: repeats.flatMap(shownChange).slice(0, LISTED),
    truth: shownGold(truth, 0),
  };
}

export interface KnownReviewer {
  reviewerId: string;
  name: string;
}

/** A member, or somebody who has reviewed here. */
export async function knownReviewer(
  { db, project }: Pick<Ctx, "db" | "project">,
  reviewerId: string,
): Promise<KnownReviewer | null> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM user_account WHERE id = ${reviewerId}::uuid AND (
      EXISTS (SELECT 1 FROM membership WHERE project_id = ${project.id}::uuid AND user_id = ${reviewerId}::uuid)
      OR EXISTS (SELECT 1 FROM review WHERE project_id = ${project.id}::uuid AND reviewer_id = ${reviewerId}::uuid))`;
  return rows[0] ? { reviewerId, name: rows[0].name } : null;
}

function isMiss({ expected, said }: GoldJudgement): boolean {
  return said !== null && said !== expected;
}

function countsOf(gold: readonly GoldJudgement[]): GoldCounts {
  const count = (expected: string, said?: string) =>
    gold.filter(
      (each) => each.said !== null && each.expected === expected && each.said === (said ?? each.said),
    ).length;
  return {
    wrong: count("INCORRECT"),
    wrongCalledWrong: count("INCORRECT", "INCORRECT"),
    right: count("CORRECT"),
    rightCalledRight: count("CORRECT", "CORRECT"),
  };
}

function weekOf(
  { reviewerId, week, work }: Awaited<ReturnType<typeof reviewerWork>>[number],
  facts: { gold: readonly GoldJudgement[]; judged: readonly JudgedTwice[] },
): ReviewerWeek {
  const gold = facts.gold.filter((each) => each.week === week && each.said !== null);
  const twice = facts.judged.flatMap(({ opinions }) => {
    const own = opinions.find((opinion) => opinion.reviewerId === reviewerId && opinion.week === week);
    return own ? opinions.filter((other) => other !== own).map((other) => other.right === own.right) : [];
  });
  return {
    start: week,
    work,
    gold_n: gold.length,
    gold_as_expected: gold.filter((each) => !isMiss(each)).length,
    twice_n: twice.length,
    twice_same: twice.filter(Boolean).length,
  };
}

function shownMiss(gold: GoldJudgement): NonNullable<ReviewerDetail["misses"]>[number] {
  return {
    output_id: gold.outputId,
    reference: gold.reference,
    expected: gold.expected,
    seeded_fields: gold.seededField?.split(",") ?? [],
    submitted_at: gold.submittedAt.toISOString(),
  };
}

function shownChange(pair: RepeatPair): ReviewerDetail["changed"] {
  const { outputId, reference, firstVerdict, verdict, firstAt, submittedAt } = pair;
  if (verdict === null || verdict === firstVerdict) return [];
  return [
    {
      output_id: outputId,
      reference,
      first: firstVerdict,
      again: verdict,
      first_at: firstAt.toISOString(),
      submitted_at: submittedAt.toISOString(),
    },
  ];
}
