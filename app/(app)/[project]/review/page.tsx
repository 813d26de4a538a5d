import { identityProviderName } from "@/app/_boundary/auth";
import { letImagesLoad } from "@/app/_boundary/image-hosts";
import { pageContext } from "@/app/_boundary/session";
import { TextLink } from "@/components/ui/button";
import { ownDigest } from "@/lib/review/digest-queries";
import { digestSentences } from "@/lib/review/digest-text";
import { ownGoldScore } from "@/lib/review/gold-scores";
import { queueStatus } from "@/lib/review/queue-status";
import { queueJson } from "@/lib/review/review-json";
import { DigestNotice } from "./digest-notice";
import { PickedStrip } from "./picked-strip";
import { ReviewScreen } from "./review-screen";

export const metadata = { title: "Review" };

/** Nothing is claimed here: links are fetched ahead, and a lease would start for nobody. */
export default async function ReviewPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, actor, project, can } = await pageContext(params, "review.work");
  const imageHosts = await letImagesLoad(ctx);
  const [queue, disputed, picked, score, digest] = await Promise.all([
    queueStatus(ctx),
    queueStatus(ctx, "adjudicate"),
    queueStatus(ctx, "diagnostic"),
    ownGoldScore(ctx),
    ownDigest(ctx),
  ]);
  const other =
    disputed.left > 0
      ? { href: `/${project.slug}/review/adjudicate`, label: `${disputed.left} to decide` }
      : null;
  return (
    <>
      <PickedStrip slug={project.slug} waiting={picked.left} />
      <ReviewScreen
        slug={project.slug}
        owner={actor.userId}
        timeZone={project.timeZone}
        canManage={can("project.manage")}
        queueName="review"
        provider={identityProviderName()}
        imageHosts={imageHosts}
        queue={queueJson(queue)}
        other={other}
      />
      <div className="mt-6 flex flex-col gap-2">
        <DigestNotice sentences={digest ? digestSentences(digest) : []} />
        {can("project.manage") ? (
          <p className="text-sm">
            <TextLink href={`/${project.slug}/queue`}>Who reviews what</TextLink>
          </p>
        ) : null}
      </div>
      {score ? (
        <p className="mt-2 text-sm text-subtle">
          Some items have an answer that is known. Up to last week you judged {score.asExpected} of {score.n}{" "}
          of them as expected.
        </p>
      ) : null}
    </>
  );
}
