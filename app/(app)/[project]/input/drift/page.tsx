import { Waves } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingParts } from "@/components/ui/skeleton";
import { dayRange } from "@/components/chart/calendar-day";
import { formatCount, formatInstant } from "@/lib/core/format";
import { FEWEST_PILOT_DAYS, readPilotDays } from "@/lib/drift/read-pilot-days";
import { readDriftView } from "@/lib/drift/queries";
import type { DriftView, ShownFeature } from "@/lib/drift/schema";
import { InputTabs } from "@/app/(app)/[project]/input/input-tabs";
import { volumeWords } from "@/app/(app)/[project]/input/volume-words";
import { driftSentence, repeatSentences } from "./drift-words";
import { FeatureCard } from "./feature-card";
import { FeatureTable } from "./feature-table";
import { FindingList } from "./finding-list";
import { UnusualCard } from "./unusual-card";

export const metadata = { title: "Drift" };

const PERIODS = [
  { days: 1, label: "Last day" },
  { days: 7, label: "7 days" },
  { days: 28, label: "28 days" },
];
const USUAL_DAYS = 7;
const MOST_CARDS = 6;

interface View {
  days: number;
  feature: string | null;
}

export default async function DriftPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await pageContext(params, "project.read");
  const search = await searchParams;
  const days = PERIODS.find((period) => String(period.days) === search.days)?.days ?? USUAL_DAYS;
  const view = { days, feature: typeof search.feature === "string" ? search.feature : null };
  const { slug } = context.project;
  return (
    <>
      <PageHeader
        title="Input"
        description={
          <>
            Whether what comes in still looks like the pilot, field by field, over all outputs, reviewed or
            not. <DocLink to="/docs#drift">What drift says</DocLink>
          </>
        }
        actions={PERIODS.map((period) => (
          <LinkButton
            key={period.days}
            size="sm"
            variant={period.days === days ? "primary" : "secondary"}
            href={driftAddress(slug, { ...view, days: period.days })}
          >
            {period.label}
          </LinkButton>
        ))}
      />
      <InputTabs slug={slug} current="drift" />
      <Suspense
        fallback={<LoadingParts label="Comparing inputs with the pilot" parts={["h-40", "h-80", "h-96"]} />}
      >
        <Drift context={context} view={view} />
      </Suspense>
    </>
  );
}

function driftAddress(slug: string, { days, feature }: View): string {
  const search = new URLSearchParams();
  if (days !== USUAL_DAYS) search.set("days", String(days));
  if (feature !== null) search.set("feature", feature);
  const text = search.toString();
  return `/${slug}/input/drift${text ? `?${text}` : ""}`;
}

async function Drift({ context: { ctx, project, can }, view }: { context: PageContext; view: View }) {
  const [drift, pilotDays] = await Promise.all([
    readDriftView(ctx, { days: view.days, withPayload: can("payload.read") }),
    readPilotDays(ctx),
  ]);
  if (!drift) return <NoPilot slug={project.slug} />;
  const { from, to } = drift.range;
  const hrefOf = (field: string) => outputAddress(project.slug, { from, to, phase: "production", field });
  return (
    <div className="flex flex-col gap-4">
      <Summary drift={drift} timeZone={project.timeZone} volume={volumeWords(pilotDays, FEWEST_PILOT_DAYS)} />
      {chosenFeatures(drift.features, view.feature).map((feature) => (
        <FeatureCard key={feature.name} feature={feature} hrefOf={hrefOf} />
      ))}
      {drift.findings.length > 0 ? (
        <Card
          title="What moved, and when"
          description="Fields that began to move within three days of each other are one line."
          flush
        >
          <FindingList findings={drift.findings} />
        </Card>
      ) : null}
      <Card
        title="All fields"
        description={`Outputs of ${dayRange(from, to)} beside ${formatCount(drift.pilot.outputs)} of the pilot.`}
        flush
        {...(drift.pilot.unwatched > 0
          ? {
              footer: `The pilot has ${formatCount(drift.pilot.unwatched)} more fields; the 500 most common are watched.`,
            }
          : {})}
      >
        <FeatureTable
          features={drift.features}
          hrefOf={(feature) => driftAddress(project.slug, { ...view, feature })}
        />
      </Card>
      <Repeats drift={drift} />
      <UnusualCard slug={project.slug} unusual={drift.unusual} />
    </div>
  );
}

/** The one that was asked for, then those that have moved. */
function chosenFeatures(features: readonly ShownFeature[], asked: string | null): ShownFeature[] {
  const chosen = features.filter(({ name }) => name === asked);
  const moved = features.filter(({ name, movedSince }) => movedSince !== null && name !== asked);
  return [...chosen, ...moved].slice(0, MOST_CARDS);
}

function Summary({ drift, timeZone, volume }: { drift: DriftView; timeZone: string; volume: string | null }) {
  const { from, to } = drift.range;
  const moved = drift.features.filter(({ movedSince }) => movedSince !== null).length;
  const nothing = drift.outputs === 0;
  return (
    <Card>
      <p className="mb-4 text-lg font-semibold text-ink text-pretty">{driftSentence(drift)}</p>
      {drift.waiting > 0 ? (
        <Banner className="mb-4" title={`${formatCount(drift.waiting)} outputs are still to be counted`}>
          They are counted within a minute or two. If this number stays, the background work does not run.
        </Banner>
      ) : null}
      <div className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Stat
          label="Outputs"
          value={formatCount(drift.outputs)}
          detail={nothing ? "none yet" : dayRange(from, to)}
        />
        <Stat
          label="Fields watched"
          value={formatCount(drift.features.length)}
          detail={`${formatCount(moved)} moved`}
        />
        <Stat
          label="Pilot outputs"
          value={formatCount(drift.pilot.outputs)}
          detail={`frozen ${formatInstant(drift.pilot.frozenAt, timeZone)}`}
        />
        <Stat
          label="Unusual outputs"
          value={drift.unusual.on ? formatCount(drift.unusual.marked) : "–"}
          detail={drift.unusual.on ? "about 1 % is expected" : "the pilot is too small"}
        />
      </div>
      {volume ? <p className="mt-4 border-t border-line pt-3 text-sm text-muted">{volume}</p> : null}
    </Card>
  );
}

function Repeats({ drift }: { drift: DriftView }) {
  const sentences = repeatSentences(drift);
  if (sentences.length === 0) return null;
  return (
    <Card
      title="Repeated inputs"
      description="The same input to the same version of the model, and whether it answers the same again."
    >
      {sentences.map((sentence) => (
        <p key={sentence} className="text-sm text-ink text-pretty">
          {sentence}
        </p>
      ))}
    </Card>
  );
}

function NoPilot({ slug }: { slug: string }) {
  return (
    <Card>
      <EmptyState
        icon={<Waves aria-hidden="true" />}
        title="There is no pilot to compare with yet"
        actions={<LinkButton href={`/${slug}/input`}>What has come in</LinkButton>}
      >
        Send outputs of your pilot with phase “pilot”: thirty are enough to begin, three hundred are better.
        What production sends is then compared with them, field by field.{" "}
        <DocLink to="/docs#pilot">What the pilot is for</DocLink>
      </EmptyState>
    </Card>
  );
}
