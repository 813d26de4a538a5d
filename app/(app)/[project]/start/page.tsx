import { type PageContext, pageContext } from "@/app/_boundary/session";
import { AddMember } from "@/app/(app)/[project]/setting/members/add-member";
import { ROLE_NAMES } from "@/app/(app)/[project]/setting/members/roles";
import { RefreshWhile } from "@/app/(app)/[project]/_overview/refresh-while";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { env } from "@/lib/core/env";
import { formatInstant } from "@/lib/core/format";
import { pointerValue } from "@/lib/core/json-pointer";
import { countBareSpans, readLedgerTotals, readQuarantine } from "@/lib/ingest/queries";
import { listInvites } from "@/lib/project/people-queries";
import { listKeys } from "@/lib/project/queries";
import { shownReasons } from "@/lib/quarantine/shown-reasons";
import { planChoices } from "@/lib/start/plan-choices";
import { newestOutputs, readStart, type StartFacts } from "@/lib/start/queries";
import { understandSample } from "@/lib/start/understand-sample";

import { Arrival } from "./arrival";
import { ReviewStep } from "./review-step";
import { SettleButton } from "./settle-button";
import { openStep, startSteps } from "./start-steps";
import { FormStep } from "./step-form";
import { StepList } from "./step-list";
import { PlanStep } from "./step-plan";
import { SampleStep } from "./step-sample";
import { SendStep } from "./step-send";
import { UnderstoodView } from "./understood-view";

export const metadata = { title: "Set up" };

const SHOWN_HELD = 3;
const WAIT_SECONDS = 2;
const REST_SECONDS = 10;

export default async function StartPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ step?: string | string[] }>;
}) {
  const context = await pageContext(params, "project.manage");
  const { ctx, project } = context;
  const [{ step: asked }, facts, totals, plans] = await Promise.all([
    searchParams,
    readStart(ctx),
    readLedgerTotals(ctx),
    planChoices(ctx),
  ]);
  const outputs = totals.accepted + totals.flagged;
  const steps = startSteps({
    ...facts,
    sample: facts.sample.length,
    outputs,
    held: totals.held,
    reviewsPerWeek: plans.plan.reviews_per_week,
  });
  const open = openStep(steps, typeof asked === "string" ? asked : undefined);
  const left = steps.filter(({ state }) => state === "to do").length;
  const { slug } = project;
  return (
    <>
      <PageHeader
        title="Set up"
        description="From nothing to the first number. Leave at any time; what is done stays done."
        actions={<LinkButton href={`/${slug}`}>Overview</LinkButton>}
      />
      <div className="flex max-w-3xl flex-col gap-4">
        {left === 0 ? (
          <Banner
            tone="good"
            title="Everything is set up"
            actions={
              <LinkButton size="sm" variant="primary" href={`/${slug}/accuracy`}>
                See the chart
              </LinkButton>
            }
          >
            From here on the overview says what comes next.
          </Banner>
        ) : null}
        <StepList slug={slug} steps={steps} open={open}>
          {open === "sample" ? <Sample context={context} facts={facts} /> : null}
          {open === "form" ? <Form context={context} facts={facts} /> : null}
          {open === "send" ? <Send context={context} facts={facts} totals={totals} /> : null}
          {open === "plan" ? <PlanStep key={plans.plan.version} slug={slug} {...plans} /> : null}
          {open === "people" ? <People context={context} facts={facts} /> : null}
          {open === "review" ? (
            <ReviewStep
              slug={slug}
              waiting={facts.waiting}
              reviews={facts.reviews}
              outputs={outputs}
              hasForm={facts.answerForms > 0}
              reviewsPerWeek={plans.plan.reviews_per_week}
            />
          ) : null}
        </StepList>
      </div>
      {open === "send" || open === "review" ? (
        <RefreshWhile everySeconds={open === "send" && outputs === 0 ? WAIT_SECONDS : REST_SECONDS} />
      ) : null}
    </>
  );
}

interface StepProps {
  context: PageContext;
  facts: StartFacts;
}

function Sample({ context: { project }, facts: { sample } }: StepProps) {
  const kept = sample.length === 1 ? sample[0] : sample;
  return (
    <SampleStep
      slug={project.slug}
      kept={sample.length === 0 ? "" : JSON.stringify(kept, null, 2)}
      understood={sample.length === 0 ? null : understandSample(sample).understood}
    />
  );
}

function Form({ context, facts }: StepProps) {
  const { sample } = facts;
  if (sample.length === 0) return <FormParts context={context} facts={facts} />;
  const { understood } = understandSample(sample);
  return (
    <>
      <div className="flex flex-col gap-1 text-sm text-muted">
        <p>{understood.notes[0]}</p>
        <details>
          <summary className="cursor-pointer rounded-sm">All that was read</summary>
          <div className="mt-2">
            <UnderstoodView understood={understood} />
          </div>
        </details>
      </div>
      <FormParts context={context} facts={facts} />
    </>
  );
}

function FormParts({ context: { project }, facts: { sample, answerForms } }: StepProps) {
  const { slug } = project;
  const editor = `/${slug}/setting/answer-schema`;
  if (answerForms > 0)
    return (
      <div className="flex flex-wrap gap-2">
        <LinkButton variant="primary" href={`/${slug}/start`} scroll={false}>
          Go on
        </LinkButton>
        <LinkButton href={editor}>Change the form</LinkButton>
      </div>
    );
  const { form, records } = understandSample(sample);
  if (form) {
    const seen = form.fields.map(({ key, output_path: path }): [string, string[]] => [
      key,
      records
        .map(({ output }) => pointerValue(output, path))
        .filter((value): value is string => typeof value === "string"),
    ]);
    return (
      <FormStep key={JSON.stringify(form)} slug={slug} suggested={form} seen={Object.fromEntries(seen)} />
    );
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-prose text-sm text-muted text-pretty">
        {sample.length === 0
          ? "Paste an output in the first step and the form is drafted from it, or write it yourself."
          : "The output that was pasted holds nothing that can be asked as a question. Write the form yourself."}
      </p>
      <div className="flex flex-wrap gap-2">
        {sample.length === 0 ? (
          <LinkButton variant="primary" href={`/${slug}/start?step=sample`} scroll={false}>
            Paste an output
          </LinkButton>
        ) : null}
        <LinkButton href={editor}>Write the form</LinkButton>
        <SettleButton slug={slug} step="form" settled label="Skip" />
      </div>
    </div>
  );
}

async function Send({
  context: { ctx, project, can },
  facts,
  totals,
}: StepProps & { totals: Awaited<ReturnType<typeof readLedgerTotals>> }) {
  const [outputs, held, keys, bareSpans] = await Promise.all([
    newestOutputs(ctx, 1),
    readQuarantine(ctx, SHOWN_HELD),
    listKeys(ctx),
    countBareSpans(ctx),
  ]);
  const moment = (at: Date) => formatInstant(at, project.timeZone);
  const used = keys.map(({ last_used_at: at }) => at).filter((at) => at !== null);
  const usedLast = used.sort((a, b) => b.getTime() - a.getTime())[0];
  return (
    <>
      <SendStep
        slug={project.slug}
        address={env().ASSAY_URL ?? env().NEXTAUTH_URL ?? "http://localhost:3000"}
        records={understandSample(facts.sample).records}
        keys={facts.keys}
        canMakeKeys={can("key.manage")}
        now={ctx.now.toISOString()}
      />
      {facts.keys > 0 || totals.received > 0 ? (
        <Arrival
          slug={project.slug}
          outputs={outputs.map(({ receivedAt, segments, ...output }) => ({
            ...output,
            receivedAt: moment(receivedAt),
            segments: Object.entries(segments)
              .map(([name, value]) => `${name} ${value}`)
              .join(", "),
          }))}
          accepted={totals.accepted}
          flagged={totals.flagged}
          quarantined={totals.held}
          refused={totals.refused}
          bareSpans={bareSpans}
          held={held.map(({ id, externalId, reasons }) => ({
            id,
            externalId,
            reasons: shownReasons(reasons, can("payload.read")),
          }))}
          keyUsedAt={usedLast ? moment(usedLast) : null}
        />
      ) : null}
    </>
  );
}

async function People({ context: { ctx, project }, facts: { people, links, waiting } }: StepProps) {
  const invites = await listInvites(ctx);
  return (
    <>
      <AddMember
        slug={project.slug}
        timeZone={project.timeZone}
        invites={invites.map((invite) => ({
          id: invite.id,
          email: invite.email,
          gives: invite.role ? ROLE_NAMES[invite.role] : "member",
          validUntil: formatInstant(invite.expires_at, project.timeZone),
        }))}
      />
      <div className="flex">
        {people + links > 0 ? (
          <LinkButton variant="primary" href={`/${project.slug}/start`} scroll={false}>
            Go on
          </LinkButton>
        ) : (
          <SettleButton
            slug={project.slug}
            step="people"
            settled
            label="I review by myself for now"
            {...(waiting > 0 ? { to: `/${project.slug}/review` } : {})}
            primary
          />
        )}
      </div>
    </>
  );
}
