import { ReviewScreen } from "@/app/(app)/[project]/review/review-screen";
import { identityProviderName } from "@/app/_boundary/auth";
import { letImagesLoad } from "@/app/_boundary/image-hosts";
import { pageContext } from "@/app/_boundary/session";
import { Banner } from "@/components/ui/banner";
import { formatCount } from "@/lib/core/format";
import type { BatchRow } from "@/lib/review/diagnostic-schema";
import { waitingBatches } from "@/lib/review/picked-batches";
import { queueStatus } from "@/lib/review/queue-status";
import { queueJson } from "@/lib/review/review-json";

export const metadata = { title: "Hand-picked outputs" };

/** Outputs that somebody picked to learn from: the same screen, marked as what it is. Nothing is claimed here, as on the page of the queue. */
export default async function DiagnosticReviewPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, actor, project, can } = await pageContext(params, "review.work");
  const imageHosts = await letImagesLoad(ctx);
  const [queue, batches] = await Promise.all([queueStatus(ctx, "diagnostic"), waitingBatches(ctx)]);
  return (
    <>
      <Banner
        tone="picked"
        className="mb-4"
        title="Hand-picked: what you say here never counts in any accuracy"
      >
        {batches.length > 0 ? <Questions batches={batches} /> : null}
      </Banner>
      <ReviewScreen
        slug={project.slug}
        owner={actor.userId}
        timeZone={project.timeZone}
        canManage={can("project.manage")}
        queueName="diagnostic"
        provider={identityProviderName()}
        imageHosts={imageHosts}
        queue={queueJson(queue)}
        other={{ href: `/${project.slug}/review`, label: "Review queue" }}
      />
    </>
  );
}

const SHOWN_QUESTIONS = 3;

/** What to look at, in the order in which the outputs come. */
function Questions({ batches }: { batches: readonly BatchRow[] }) {
  return (
    <ul className="mt-0.5 flex flex-col gap-0.5">
      {batches.slice(0, SHOWN_QUESTIONS).map((batch) => (
        <li key={batch.id} className="break-words">
          {batch.askedBy ?? "A former member"} asks about {formatCount(batch.waiting)}: “{batch.note}”
        </li>
      ))}
      {batches.length > SHOWN_QUESTIONS ? (
        <li>and {formatCount(batches.length - SHOWN_QUESTIONS)} more questions after that</li>
      ) : null}
    </ul>
  );
}
