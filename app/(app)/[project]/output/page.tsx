import { Inbox } from "lucide-react";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingParts } from "@/components/ui/skeleton";
import { SavedViews } from "@/components/view/saved-views";
import { AppError } from "@/lib/core/errors";
import { localDay } from "@/lib/core/local-day";
import { outputFilterOptions } from "@/lib/output/filter-options";
import { listOutputs } from "@/lib/output/list-outputs";

import { DatasetDialog } from "./dataset-dialog";
import type { PageQuery } from "./output-address";
import { readOutputAddress } from "./read-output-address";
import { OutputExplorer } from "./output-explorer";

export const metadata = { title: "Outputs" };

export default async function OutputsPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const context = await pageContext(params, "project.read");
  const query = readOutputAddress(await searchParams);
  return (
    <>
      <PageHeader
        title="Outputs"
        description="Everything that your system sent and that was stored. Open one to see how it was chosen and what reviewers said."
        actions={
          <>
            <SavedViews slug={context.project.slug} kind="outputs" />
            {context.can("payload.read") ? (
              <DatasetDialog
                slug={context.project.slug}
                {...(query?.from ? { from: query.from } : {})}
                {...(query?.to ? { to: query.to } : {})}
              />
            ) : null}
          </>
        }
      />
      {query ? (
        <Suspense fallback={<LoadingParts label="Loading outputs" parts={["h-8", "h-[36rem]"]} />}>
          <Outputs context={context} query={query} />
        </Suspense>
      ) : (
        <UnreadableAddress slug={context.project.slug} />
      )}
    </>
  );
}

async function Outputs({ context, query }: { context: PageContext; query: PageQuery }) {
  const { ctx, project, can } = context;
  const withPreview = can("payload.read");
  const { column: _column, ...listed } = query;
  const [page, options] = await Promise.all([
    listOutputs(ctx, listed, withPreview).catch(orNullWhenInvalid),
    outputFilterOptions(ctx),
  ]);
  if (!page) return <UnreadableAddress slug={project.slug} />;
  return (
    <OutputExplorer
      slug={project.slug}
      timeZone={project.timeZone}
      query={query}
      page={page}
      options={options}
      today={localDay(ctx.now, project.timeZone)}
      withPreview={withPreview}
      canPick={can("project.manage")}
      empty={
        <EmptyState
          className="py-20"
          icon={<Inbox aria-hidden="true" />}
          title="No outputs have arrived yet"
          actions={<LinkButton href={`/${project.slug}`}>How to send the first one</LinkButton>}
        >
          Each output that your system sends is kept here with its input, whether it is drawn for review or
          not. <DocLink to="/docs#output">What an output is</DocLink>
        </EmptyState>
      }
    />
  );
}

/** An address that was cut off or edited by hand is no failure of the server. */
function orNullWhenInvalid(error: unknown): null {
  if (error instanceof AppError && error.code === "INVALID") return null;
  throw error;
}

function UnreadableAddress({ slug }: { slug: string }) {
  return (
    <ErrorState
      title="This address is not understood"
      actions={<LinkButton href={`/${slug}/output`}>Show all outputs</LinkButton>}
    >
      One of its filters has a value that does not exist, or a part of it was cut off.
    </ErrorState>
  );
}
