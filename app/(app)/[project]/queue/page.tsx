import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { Banner } from "@/components/ui/banner";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingParts } from "@/components/ui/skeleton";
import { formatCount, formatDay, formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { readTotals } from "@/lib/estimate/read-cells";
import { outputFilterOptions } from "@/lib/output/filter-options";
import { teamDigest } from "@/lib/review/digest-text";
import { digestFacts } from "@/lib/review/make-digests";
import { keptPeopleWork } from "@/lib/review/people-work";
import {
  type QueueFacts,
  readHolds,
  readQueueFacts,
  readStranded,
  type Stranded,
} from "@/lib/review/queue-overview";
import { type QueuePerson, readQueuePeople } from "@/lib/review/queue-people";
import { readPlanProgress } from "@/lib/review/queue-plan";
import { completionDay } from "@/lib/stats/completion-day";
import { HoldTable } from "./hold-table";
import { PauseQueue } from "./pause-queue";
import { PlanTable } from "./plan-table";
import { forecastSentence, paceSentence, segmentWords, workWords } from "./queue-words";
import { ReviewerTable } from "./reviewer-table";

export const metadata = { title: "Review queue" };

/** What is due, who does it, and until when: for those who answer for the reviews. */
export default async function QueuePage({ params }: { params: Promise<{ project: string }> }) {
  const context = await pageContext(params, "project.manage");
  const facts = await readQueueFacts(context.ctx);
  const { slug } = context.project;
  return (
    <>
      <PageHeader
        title="Review queue"
        description={
          <>
            What the plan counts on, what is done, and by when the rest will be. The order is drawn at random:
            whenever people stop, what they have done in order is a valid sample.{" "}
            <DocLink to="/docs/numbers#order">Why any order is valid</DocLink>
          </>
        }
        actions={
          <>
            <LinkButton href={`/${slug}/output/picked`}>Hand-picked</LinkButton>
            <PauseQueue slug={slug} paused={facts.pausedAt !== null} />
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {facts.pausedAt ? (
          <Banner tone="warn" title="The queue is paused for everybody">
            Since {formatInstant(facts.pausedAt, context.project.timeZone)}. What is on people's screens can
            still be finished.
          </Banner>
        ) : null}
        {facts.hasForm ? null : (
          <Banner
            tone="warn"
            title="There is no answer form yet"
            actions={<LinkButton href={`/${slug}/setting/answer-schema`}>Make the answer form</LinkButton>}
          >
            Nothing can be reviewed before it is known what people are asked.
          </Banner>
        )}
        <Suspense fallback={<LoadingParts label="Loading the queue" parts={["h-36", "h-64", "h-64"]} />}>
          <Queue context={context} facts={facts} />
        </Suspense>
      </div>
    </>
  );
}

async function Queue({ context, facts }: { context: PageContext; facts: QueueFacts }) {
  const { ctx, project } = context;
  const [{ people, madeAt }, plan, holds, stranded, options] = await Promise.all([
    peopleOf(context),
    readPlanProgress(ctx),
    readHolds(ctx),
    readStranded(ctx),
    outputFilterOptions(ctx),
  ]);
  const { slug, timeZone } = project;
  const today = localDay(ctx.now, timeZone);
  const pace = paceOf(people, facts);
  const forecast = forecastSentence(facts.due, today, pace);
  return (
    <>
      <Waiting facts={facts} slug={slug} timeZone={timeZone} work={workWords(facts.due, pace.secondsPerItem)}>
        <p className="text-base font-medium text-ink text-pretty">{forecast}</p>
        {paceSentence(pace.perWeek, facts.reviewsPerWeek) ? (
          <p className="mt-1 text-sm text-warn-ink text-pretty">
            {paceSentence(pace.perWeek, facts.reviewsPerWeek)}
          </p>
        ) : null}
      </Waiting>
      <NobodyMay stranded={stranded} />
      <Card
        flush
        title="Who reviews"
        description={`This week, against their goals. Who is given what never changes what is drawn.${madeAt ? ` What people did: as of ${formatInstant(madeAt, timeZone)}.` : ""}`}
        actions={
          <CopyButton
            label="Copy a reminder"
            text={reminder(context, `${dueWords(facts)} ${forecast}`, people, facts, today)}
          />
        }
      >
        <ReviewerTable
          slug={slug}
          people={people.map(({ daily: _daily, ...person }) => person)}
          segments={options.segments}
          timeZone={timeZone}
        />
      </Card>
      <Card
        flush
        title="What the plan counts on"
        description="By week and stratum. Overdue: half of the time in which an item is served has passed. In order: judged before the first gap, which is what counts in the accuracy."
      >
        <PlanTable rows={plan} timeZone={timeZone} />
      </Card>
      <Card
        flush
        title="On people's screens now"
        description="An item comes free by itself when nobody is at it."
      >
        <HoldTable slug={slug} holds={holds} timeZone={timeZone} />
      </Card>
    </>
  );
}

/** What people did is kept where a project has many reviews; what they are given and what is due is read now. */
async function peopleOf({
  ctx,
  project,
}: PageContext): Promise<{ people: QueuePerson[]; madeAt: Date | null }> {
  const { production } = await readTotals(ctx.db, project.id, { attribute: "", value: "" });
  const { value, madeAt } = await keptPeopleWork(ctx, production.reviews);
  return { people: await readQueuePeople(ctx, value), madeAt };
}

function Waiting({
  facts,
  slug,
  timeZone,
  work,
  children,
}: {
  facts: QueueFacts;
  slug: string;
  timeZone: string;
  work: string | null;
  children: React.ReactNode;
}) {
  return (
    <Card>
      {children}
      <div className="mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        <Stat
          label="Due"
          value={formatCount(facts.due)}
          detail={work ?? `${formatCount(facts.open)} open with the reserve`}
        />
        <Stat label="Overdue" value={formatCount(facts.overdue)} />
        <Stat
          label="Oldest waits since"
          value={facts.oldest ? formatDay(localDay(facts.oldest, timeZone), { year: false }) : "–"}
        />
        <Stat
          label="To decide"
          value={formatCount(facts.adjudications)}
          detail={
            facts.adjudications > 0 ? (
              <TextLink href={`/${slug}/review/adjudicate`}>two people differ</TextLink>
            ) : (
              "two people differ"
            )
          }
        />
        <Stat
          label="Hand-picked"
          value={formatCount(facts.handPicked)}
          detail={<TextLink href={`/${slug}/output/picked`}>never counted</TextLink>}
        />
      </div>
    </Card>
  );
}

function NobodyMay({ stranded }: { stranded: readonly Stranded[] }) {
  if (stranded.length === 0) return null;
  const slots = stranded.reduce((sum, each) => sum + each.slots, 0);
  return (
    <Banner
      tone="warn"
      title={`${formatCount(slots)} ${slots === 1 ? "look is" : "looks are"} waiting that nobody may take`}
    >
      <p>
        They hold up the accuracy of their whole stratum, because what comes after them is not counted before
        they are judged. Give them to somebody below.
      </p>
      <ul className="mt-1 list-inside list-disc">
        {stranded.map((each) => (
          <li key={segmentWords(each.segments)}>
            {segmentWords(each.segments)}: {formatCount(each.slots)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

interface Pace {
  forecast: ReturnType<typeof completionDay>;
  working: number;
  paused: boolean;
  perWeek: number;
  secondsPerItem: number | null;
}

/** Of the people who are not paused: today counts as a whole day, so what was done on it is added to what is due. */
function paceOf(people: readonly QueuePerson[], facts: QueueFacts): Pace {
  const present = people.filter((person) => !person.paused);
  const days = present[0]?.daily.length ?? 0;
  const daily = Array.from({ length: days }, (_, at) =>
    present.reduce((sum, person) => sum + (person.daily[at] ?? 0), 0),
  );
  const before = daily.slice(0, -1);
  const doneToday = daily.at(-1) ?? 0;
  const timed = present.map((person) => person.secondsPerItem).filter((seconds) => seconds !== null);
  return {
    forecast: completionDay(facts.due + doneToday, before),
    working: present.filter((person) => person.daily.some((looks) => looks > 0)).length,
    paused: facts.pausedAt !== null,
    perWeek: before.slice(-14).reduce((sum, looks) => sum + looks, 0) / 2,
    secondsPerItem: timed.length > 0 ? timed.reduce((sum, seconds) => sum + seconds, 0) / timed.length : null,
  };
}

function dueWords(facts: QueueFacts): string {
  return `${formatCount(facts.due)} reviews are due, ${formatCount(facts.overdue)} of them overdue.`;
}

function reminder(
  { project }: PageContext,
  summary: string,
  people: readonly QueuePerson[],
  facts: QueueFacts,
  today: string,
): string {
  return teamDigest(
    { name: project.name, day: formatDay(today) },
    summary,
    people.map((person) => ({
      name: person.name,
      paused: person.paused,
      facts: digestFacts(person, facts.adjudications),
    })),
  );
}
