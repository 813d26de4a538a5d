import type { Comparison } from "./schema";

export interface ReviewFact {
  reviewerId: string;
  revision: number;
  /** 1, 2 or 3: the look that the review was made for. */
  look: number;
  outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED" | "UNDONE";
  primary: boolean;
  verdict: "CORRECT" | "INCORRECT" | "CANNOT_JUDGE" | null;
  score: number | null;
}

export interface SampleDecision {
  state: "QUEUED" | "UNSURE" | "SETTLED";
  verdict: "CORRECT" | "INCORRECT" | "CANNOT_JUDGE" | null;
  score: number | null;
  settledBy: "review" | "agreement" | "adjudication" | "truth" | null;
  /** Two looks differ: a third person is to decide. */
  needsThirdLook: boolean;
}

type Label = { verdict: "CORRECT" | "INCORRECT"; score: number };

/**
 * What a sample's reviews and truth say, as a pure function: adjudicated > counting truth > two agreeing looks > a single look.
 * Only each person's newest revision counts, and extra reviews (made without a lease) never do. While two looks differ and nobody
 * has decided, the label of the lower look number stands, whichever came first: which one is kept must not depend on its verdict.
 */
export function decideSample(reviews: readonly ReviewFact[], truth: Comparison | null): SampleDecision {
  const counting = newestRevisions(reviews).filter((review) => review.primary && review.outcome !== "UNDONE");
  const labelOf = (look: number) =>
    label(counting.find((each) => each.look === look && each.outcome === "ANSWERED"));
  const [first, second, third] = [labelOf(1), labelOf(2), labelOf(3)];
  const differ = first !== null && second !== null && first.verdict !== second.verdict;

  const settled = (
    settledBy: "review" | "agreement" | "adjudication" | "truth",
    by: Label,
  ): SampleDecision => ({
    state: "SETTLED",
    verdict: by.verdict,
    score: by.score,
    settledBy,
    needsThirdLook: differ,
  });
  if (third) return settled("adjudication", third);
  if (truth) return settled("truth", truth);
  if (first && second && !differ)
    return settled("agreement", { verdict: first.verdict, score: (first.score + second.score) / 2 });
  const single = first ?? second;
  if (single) return settled("review", single);

  const cannot = counting.some((each) => each.outcome === "CANNOT_JUDGE");
  const unsure = counting.length > 0;
  return {
    state: unsure ? "UNSURE" : "QUEUED",
    verdict: cannot ? "CANNOT_JUDGE" : null,
    score: null,
    settledBy: null,
    needsThirdLook: false,
  };
}

function newestRevisions(reviews: readonly ReviewFact[]): ReviewFact[] {
  const newest = new Map<string, ReviewFact>();
  for (const review of reviews) {
    const known = newest.get(review.reviewerId);
    if (!known || review.revision > known.revision) newest.set(review.reviewerId, review);
  }
  return [...newest.values()];
}

function label(review: ReviewFact | undefined): Label | null {
  if (!review || review.score === null) return null;
  if (review.verdict !== "CORRECT" && review.verdict !== "INCORRECT") return null;
  return { verdict: review.verdict, score: review.score };
}
