import { identityProviderName } from "@/app/_boundary/auth";
import { letImagesLoad } from "@/app/_boundary/image-hosts";
import { pageContext } from "@/app/_boundary/session";
import { queueStatus } from "@/lib/review/queue-status";
import { queueJson } from "@/lib/review/review-json";
import { ReviewScreen } from "@/app/(app)/[project]/review/review-screen";

export const metadata = { title: "Decide between two" };

/** A third person's view of items that two people judged differently. Nothing is claimed here, as on the page of the queue. */
export default async function AdjudicatePage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, actor, project, can } = await pageContext(params, "review.work");
  const imageHosts = await letImagesLoad(ctx);
  const queue = queueJson(await queueStatus(ctx, "adjudicate"));
  return (
    <ReviewScreen
      slug={project.slug}
      owner={actor.userId}
      timeZone={project.timeZone}
      canManage={can("project.manage")}
      queueName="adjudicate"
      provider={identityProviderName()}
      imageHosts={imageHosts}
      queue={queue}
      other={{ href: `/${project.slug}/review`, label: "Review queue" }}
    />
  );
}
