import { GitCompareArrows } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { rangeDays } from "@/app/(app)/[project]/accuracy/view-state";
import { DocLink } from "@/components/docs/doc-link";
import { TextLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingParts } from "@/components/ui/skeleton";
import { formatDay, formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { compareVersions, keptComparison } from "@/lib/estimate/compare-versions";
import { readExtent, readTotals } from "@/lib/estimate/read-cells";
import { readVersions } from "@/lib/estimate/read-releases";
import { versionPair } from "@/lib/estimate/version-pair";

import { CompareControls } from "./compare-controls";
import { loadCompareState } from "./compare-state";
import { Comparison } from "./comparison";

export const metadata = { title: "Compare versions" };

const ALL = { attribute: "", value: "" };

export default async function CompareVersionsPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await pageContext(params, "project.read");
  const view = await loadCompareState(searchParams);
  const known = await readVersions(context.ctx);
  const chosen = versionPair(view, known);
  const { slug } = context.project;
  return (
    <>
      <PageHeader
        title="Compare versions"
        description={
          <>
            Two model versions side by side: as each was used, on the same traffic, and on the inputs that
            both answered. <DocLink to="/docs/numbers#intervals">Why the ranges hold</DocLink>
          </>
        }
        back={<TextLink href={`/${slug}/accuracy`}>Accuracy</TextLink>}
      />
      {chosen ? (
        <>
          <CompareControls
            chosen={chosen}
            options={known.map(({ name, version, day }) => ({
              value: version,
              label: `${name} ${version}, live ${formatDay(day)}`,
            }))}
          />
          <Suspense
            key={JSON.stringify([chosen, view.range])}
            fallback={<LoadingParts label="Comparing both versions" parts={["h-[5.5rem]", "h-56", "h-72"]} />}
          >
            <Found
              context={context}
              view={view}
              chosen={chosen}
              isKnown={[chosen.earlier, chosen.later].every((each) =>
                known.some(({ version }) => version === each),
              )}
            />
          </Suspense>
        </>
      ) : (
        <NoTwo known={known.map(({ name, version }) => `${name} ${version}`)} />
      )}
    </>
  );
}

async function Found({
  context: { ctx, project },
  view,
  chosen,
  isKnown,
}: {
  context: PageContext;
  view: Awaited<ReturnType<typeof loadCompareState>>;
  chosen: { earlier: string; later: string };
  /** An address may name any version: what nobody has sent is not kept. */
  isKnown: boolean;
}) {
  const [extent, { production }] = await Promise.all([
    readExtent(ctx.db, project.id, ALL),
    readTotals(ctx.db, project.id, ALL),
  ]);
  const days = rangeDays(view.range, extent, localDay(ctx.now, project.timeZone));
  const asked = { ...chosen, ...days, ...(view.attribute ? { attribute: view.attribute } : {}) };
  const { value, madeAt } = isKnown
    ? await keptComparison(ctx, asked, production.reviews)
    : { value: await compareVersions(ctx, asked), madeAt: null };
  return (
    <Comparison
      slug={project.slug}
      comparison={value}
      asOf={madeAt && formatInstant(madeAt, project.timeZone)}
    />
  );
}

function NoTwo({ known }: { known: readonly string[] }) {
  return (
    <EmptyState
      icon={<GitCompareArrows aria-hidden="true" />}
      title={known.length === 0 ? "No model version is known yet" : `Only one version is known: ${known[0]}`}
      commandLabel="In each output that you send"
      command={'"model": { "name": "router", "version": "1.1" }'}
    >
      Versions are known from the outputs that name them, and from releases that you tell of. With two of them
      they stand here side by side.
    </EmptyState>
  );
}
