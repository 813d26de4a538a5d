import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { watchedNames } from "@/lib/monitor/schema";
import { watchableAttributes } from "@/lib/monitor/watchable-attributes";
import { previewPlanner } from "@/lib/planner/preview-planner";
import { plannerGoalSchema } from "@/lib/planner/schema";
import { startGoal } from "@/lib/planner/start-goal";

import { draftOf, goalOf, loadGoalView, type GoalView } from "./goal-draft";
import { Planner } from "./planner";

export const metadata = { title: "Planner" };

export default async function PlannerPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await pageContext(params, "project.manage");
  const view = await loadGoalView(searchParams);
  const { slug } = context.project;
  return (
    <>
      <PageHeader
        title="Planner"
        description={
          <>
            How many reviews it takes to find a drop of accuracy in time, and where they go.{" "}
            <DocLink to="/docs/numbers#small">What few reviews can show</DocLink>
          </>
        }
        actions={
          <>
            <LinkButton href={`/${slug}/setting/sampling`}>Sampling plan</LinkButton>
            <LinkButton href={`/${slug}/setting/monitor`}>Monitoring</LinkButton>
          </>
        }
      />
      <Suspense fallback={<PlannerSkeleton />}>
        <Plan context={context} view={view} />
      </Suspense>
    </>
  );
}

async function Plan({ context: { ctx, project }, view }: { context: PageContext; view: GoalView }) {
  const [start, known, { settings }] = await Promise.all([
    startGoal(ctx),
    watchableAttributes(ctx),
    monitorInForce(ctx),
  ]);
  // An address may say anything; what cannot be asked falls back to where the goal begins.
  const goal = plannerGoalSchema.safeParse(goalOf(draftOf(view, start))).data ?? start;
  const preview = await previewPlanner(ctx, goal);
  if ("no_boundary" in preview) {
    return (
      <EmptyState
        title="There is nothing to fall below yet"
        actions={
          <>
            <LinkButton variant="primary" href={`/${project.slug}/setting/monitor`}>
              Promise an accuracy
            </LinkButton>
            <LinkButton href={`/${project.slug}/accuracy`}>Accuracy page</LinkButton>
          </>
        }
      >
        A plan needs a boundary: at least {preview.fewest_pilot} judged outputs of the pilot, better 300, or
        an accuracy that was promised.
      </EmptyState>
    );
  }
  const attributes = known.map(({ attribute, values }) => ({
    attribute: watchedNames(attribute)[0] ?? attribute,
    values,
    watched: settings.attributes.includes(attribute),
  }));
  return (
    <Planner
      slug={project.slug}
      start={start}
      preview={preview}
      attributes={attributes.sort((a, b) => Number(b.watched) - Number(a.watched))}
    />
  );
}

function PlannerSkeleton() {
  return (
    <Loading label="Loading the planner">
      <div className="grid gap-4 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <Skeleton className="h-[36rem]" />
        <Skeleton className="h-[36rem]" />
      </div>
    </Loading>
  );
}
