import type { Ctx } from "@/lib/core/ctx";
import { goldAccuracy, type GoldCounts, type GoldRate } from "@/lib/stats/gold-accuracy";
import { pairAgreements, personAgreement, projectAgreement, rateOf } from "./agreement";
import { goldScores } from "./gold-scores";
import { type JudgedTwice, readJudgedTwice } from "./judged-twice";
import type { Rate, ReviewerGold, ReviewerRow, ReviewersReport } from "./people-schema";
import type { PeopleWindow } from "./people-window";
import { type RepeatScore, repeatScores } from "./repeat-scores";
import { NO_WORK, type PersonWork, reviewerWork } from "./reviewer-work";

/** Own old items, fewer of which say nothing. */
const FEWEST_REPEATS = 10;

/** Everybody who reviewed in the window and every member who is there to review, by name, and how far they agree. */
export async function reviewerReport(ctx: Ctx, window: PeopleWindow): Promise<ReviewersReport> {
  const { db, project } = ctx;
  const [work, gold, repeats, judged, members] = await Promise.all([
    reviewerWork(ctx, window),
    goldScores(ctx, window),
    repeatScores(ctx, window),
    readJudgedTwice(ctx, window),
    db.membership.findMany({
      where: { projectId: project.id, role: "REVIEWER" },
      select: { user: { select: { id: true, name: true } } },
    }),
  ]);
  const idle = members
    .map(({ user }) => user)
    .filter(({ id }) => !work.some((person) => person.reviewerId === id))
    .map(({ id, name }): PersonWork => ({ reviewerId: id, name, week: "", work: NO_WORK }));
  const reviewers = [...work, ...idle]
    .sort((a, b) => a.name.localeCompare(b.name) || a.reviewerId.localeCompare(b.reviewerId))
    .map((person) => {
      const own = gold.find((score) => score.reviewerId === person.reviewerId);
      const again = repeats.find((score) => score.reviewerId === person.reviewerId);
      return reviewerRow(person, { gold: own, repeats: again, judged });
    });
  return { ...window, reviewers, pairs: pairAgreements(judged), agreement: projectAgreement(judged) };
}

interface Scores {
  gold: { counts: GoldCounts; cannotJudge: number } | undefined;
  repeats: Pick<RepeatScore, "n" | "sameVerdict" | "sameAnswer" | "cannotJudge"> | undefined;
  judged: readonly JudgedTwice[];
}

export function reviewerRow({ reviewerId, name, work }: PersonWork, scores: Scores): ReviewerRow {
  const { gold, repeats, judged } = scores;
  return {
    reviewer_id: reviewerId,
    name,
    work,
    gold: shownGold(gold?.counts ?? NO_GOLD, gold?.cannotJudge ?? 0),
    others: personAgreement(judged, reviewerId),
    repeats: {
      same_verdict: repeats ? rateOf(repeats.sameVerdict, repeats.n) : null,
      same_answer: repeats?.sameAnswer ?? 0,
      cannot_judge: repeats?.cannotJudge ?? 0,
      too_few: (repeats?.n ?? 0) < FEWEST_REPEATS,
    },
  };
}

const NO_GOLD: GoldCounts = { wrong: 0, wrongCalledWrong: 0, right: 0, rightCalledRight: 0 };

export function shownGold(counts: GoldCounts, cannotJudge: number): ReviewerGold {
  const found = goldAccuracy(counts);
  return {
    n: counts.wrong + counts.right,
    wrong: counts.wrong,
    wrong_found: counts.wrongCalledWrong,
    right: counts.right,
    right_accepted: counts.rightCalledRight,
    cannot_judge: cannotJudge,
    sensitivity: shownRate(found?.sensitivity),
    specificity: shownRate(found?.specificity),
    as_expected: shownRate(found?.accuracy),
    too_few: found?.tooFew ?? true,
  };
}

function shownRate(rate: GoldRate | null | undefined): Rate | null {
  return rate ? { mean: rate.mean, low: rate.low, high: rate.high, n: rate.n } : null;
}
