import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { formatCount, formatInstant, formatInterval, formatPercent } from "@/lib/core/format";
import type { ProjectAgreement } from "@/lib/review/people-schema";

export interface HealthFacts {
  slug: string;
  /** How far people agree; null for those who may not see it, and before the first review. */
  agreement: ProjectAgreement | null;
  reviewsThisWeek: number;
  reviewsLastWeek: number;
  reviewsPerWeek: number;
  /** Reviews that the plan counts on and that nobody has done. */
  due: number;
  waiting: number;
  waitingIsAtLeast: boolean;
  /** Of the traffic behind the current number; null while there is none. */
  unauditedShare: number | null;
  lastReceivedAt: Date | null;
  timeZone: string;
  /** The demo's reviews were all made in one go: a pace would be nonsense. */
  isDemo: boolean;
}

/** Whether the numbers above can be trusted: labels, queue, blind spots, input. */
export function HealthCard(facts: HealthFacts) {
  const { reviewsThisWeek, reviewsPerWeek, unauditedShare, lastReceivedAt } = facts;
  return (
    <Card title="Health of the measurement" className="h-full">
      <dl className="flex flex-col gap-3 text-sm">
        {facts.isDemo ? (
          <Row term="Reviews planned per week">{formatCount(reviewsPerWeek)}</Row>
        ) : (
          <Row
            term="Reviews this week"
            below={
              <>
                <Progress share={reviewsPerWeek > 0 ? reviewsThisWeek / reviewsPerWeek : 0} />
                <p className="mt-1 text-xs text-subtle tabular">
                  {formatCount(facts.reviewsLastWeek)} last week
                </p>
              </>
            }
          >
            {formatCount(reviewsThisWeek)}{" "}
            <span className="text-subtle">of {formatCount(reviewsPerWeek)} planned</span>
          </Row>
        )}
        <Row term="Waiting for review">
          {formatCount(facts.waiting)}
          {facts.waitingIsAtLeast ? " or more" : ""}{" "}
          <span className="text-subtle">
            {facts.due > 0 ? `${formatCount(facts.due)} of them due` : "none due"}
          </span>
        </Row>
        <Row term="Traffic not looked at">
          {unauditedShare === null ? (
            <span className="text-subtle">no number yet</span>
          ) : (
            <>{formatPercent(unauditedShare, unauditedShare > 0 && unauditedShare < 0.1 ? 1 : 0)}</>
          )}
        </Row>
        {facts.agreement ? (
          <Row term={<TextLink href={`/${facts.slug}/reviewer`}>Reviewers agree</TextLink>}>
            <Agreement {...facts.agreement} />
          </Row>
        ) : null}
        <Row term="Last output received">
          {lastReceivedAt ? (
            formatInstant(lastReceivedAt, facts.timeZone)
          ) : (
            <span className="text-subtle">never</span>
          )}
        </Row>
      </dl>
    </Card>
  );
}

/** Two who differ cannot both be right: accuracy is no better known than people agree. */
function Agreement({ n, needed, measures }: ProjectAgreement) {
  if (!measures)
    return (
      <span className="text-subtle">
        {n === 0 ? "nothing judged twice" : `${n} of ${needed} judged twice so far`}
      </span>
    );
  return (
    <>
      {formatPercent(measures.same.mean, 0)}{" "}
      <span className="text-subtle">
        {formatInterval(measures.same)}, {formatCount(n)} judged twice
      </span>
    </>
  );
}

function Row({
  term,
  below,
  children,
}: {
  term: React.ReactNode;
  below?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-muted">{term}</dt>
      <dd className="text-ink tabular">{children}</dd>
      {below ? <dd className="basis-full">{below}</dd> : null}
    </div>
  );
}

function Progress({ share }: { share: number }) {
  return (
    <div aria-hidden="true" className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover">
      <div
        className={cn("h-full rounded-full", share >= 1 ? "bg-good" : "bg-accent")}
        style={{ width: `${Math.min(1, share) * 100}%` }}
      />
    </div>
  );
}
