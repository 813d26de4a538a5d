import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";

import { REVIEWS_FOR_A_NUMBER } from "./start-steps";

/** The way to the first chart, and what is in it when there is nothing to review. */
export function ReviewStep({
  slug,
  waiting,
  reviews,
  outputs,
  hasForm,
  reviewsPerWeek,
}: {
  slug: string;
  waiting: number;
  reviews: number;
  outputs: number;
  hasForm: boolean;
  reviewsPerWeek: number;
}) {
  const enough = reviews >= REVIEWS_FOR_A_NUMBER;
  return (
    <>
      {hasForm ? null : (
        <Banner
          tone="warn"
          title="Reviewers have no form yet"
          actions={
            <LinkButton size="sm" href={`/${slug}/start?step=form`} scroll={false}>
              Answer form
            </LinkButton>
          }
        >
          Nothing can be reviewed before it says what is asked.
        </Banner>
      )}
      <p className="max-w-prose text-sm text-muted text-pretty">
        {sentence({ waiting, reviews, outputs, reviewsPerWeek })}
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton variant={enough ? "secondary" : "primary"} href={`/${slug}/review`}>
          Open the review queue
        </LinkButton>
        <LinkButton variant={enough ? "primary" : "secondary"} href={`/${slug}/accuracy`}>
          {enough ? "See the first chart" : "Accuracy page"}
        </LinkButton>
      </div>
    </>
  );
}

function sentence({
  waiting,
  reviews,
  outputs,
  reviewsPerWeek,
}: {
  waiting: number;
  reviews: number;
  outputs: number;
  reviewsPerWeek: number;
}): string {
  if (outputs === 0) return "Nothing has come in yet, so there is nothing to review.";
  const done = reviews === 0 ? "" : ` ${formatCount(reviews)} are judged already.`;
  if (waiting === 0)
    return `Of ${formatCount(outputs)} outputs none waits for a review.${done} ${formatCount(reviewsPerWeek)} reviews a week are spread over the traffic that you expect, so the first ones may take more outputs; with more reviews a week, more are drawn.`;
  return `${waiting === 1 ? "One output waits" : `${formatCount(waiting)} outputs wait`} for a review.${done} They were drawn at random, so stop whenever you like: what is judged by then counts.`;
}
