import { ArrowLeft, ArrowRight } from "lucide-react";
import { notFound } from "next/navigation";
import * as z from "zod";

import { ReasonList } from "@/app/(app)/[project]/input/reason-list";
import { pageContext } from "@/app/_boundary/session";
import { PickDialog } from "@/app/(app)/[project]/output/picked/pick-dialog";
import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { OutputStateBadge, stateExplanation } from "@/components/table/output-state";
import { Badge } from "@/components/ui/badge";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { PageHeader } from "@/components/ui/page-header";
import { formatDecimal, formatInstant } from "@/lib/core/format";
import { readOutput } from "@/lib/output/read-output";
import type { OutputDetail } from "@/lib/output/schema";
import { readOutputReasons } from "@/lib/quarantine/read-output-reasons";
import { shownReasons } from "@/lib/quarantine/shown-reasons";

import { ReviewList } from "./review-list";
import { sentLinks } from "./sent-links";
import { SamplingFacts } from "./sampling-facts";

export const metadata = { title: "Output" };

const SETTLED_BY: Readonly<Record<string, string>> = {
  review: ", by one review",
  agreement: ", by two reviews that agree",
  adjudication: ", by a deciding look",
  truth: ", by the truth that was sent",
};

const PHASE_WORDS = { pilot: "Pilot", production: "Production", held: "In quarantine" } as const;

export default async function OutputDetailPage({
  params,
}: {
  params: Promise<{ project: string; output: string }>;
}) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const id = z.uuid().safeParse((await params).output);
  const output = id.success ? await readOutput(ctx, id.data, can("payload.read")) : null;
  if (!output) notFound();
  const found = await readOutputReasons(ctx, output.id);
  const { slug, timeZone } = project;
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${slug}/output`}>Outputs</TextLink>}
        title={<span className="font-mono text-lg break-all">{output.external_id}</span>}
        description={`${PHASE_WORDS[output.phase]}, ${formatInstant(output.occurred_at, timeZone)}`}
        actions={<Neighbours slug={slug} neighbours={output.neighbours} />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {found ? (
            <Card
              title="What was found when it came in"
              description={
                found.contractVersion === null
                  ? undefined
                  : `By version ${found.contractVersion} of the contract.`
              }
            >
              <div className="text-sm">
                <ReasonList reasons={shownReasons(found.reasons, can("payload.read"))} />
              </div>
            </Card>
          ) : null}
          <Payload output={output} />
          <Evidence output={output} timeZone={timeZone} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Review">
            <OutputStateBadge state={output.state} verdict={output.verdict} />
            <p className="mt-2 text-sm text-muted text-pretty">{stateExplanation(output.state)}</p>
            {can("project.manage") ? (
              <div className="mt-3">
                <PickDialog
                  slug={slug}
                  from={{ origin: "output", outputs: [output.id] }}
                  subject="this output"
                />
              </div>
            ) : null}
          </Card>
          <Card title="How it was chosen">
            <SamplingFacts output={output} timeZone={timeZone} />
          </Card>
          <Card title="About it">
            <Facts slug={slug} output={output} timeZone={timeZone} />
          </Card>
        </div>
      </div>
    </>
  );
}

function Neighbours({ slug, neighbours }: { slug: string; neighbours: OutputDetail["neighbours"] }) {
  return (
    <nav aria-label="Neighbours in time" className="flex gap-2">
      {neighbours.newer ? (
        <LinkButton href={`/${slug}/output/${neighbours.newer}`}>
          <ArrowLeft aria-hidden="true" />
          Newer
        </LinkButton>
      ) : null}
      {neighbours.older ? (
        <LinkButton href={`/${slug}/output/${neighbours.older}`}>
          Older
          <ArrowRight aria-hidden="true" />
        </LinkButton>
      ) : null}
    </nav>
  );
}

function Payload({ output: { payload } }: { output: OutputDetail }) {
  if (!payload) {
    return (
      <Card title="Input and output">
        <p className="text-sm text-muted">
          Your role shows numbers and verdicts, not what was sent. A manager can change that in the project's
          settings.
        </p>
      </Card>
    );
  }
  const hasExtra =
    typeof payload.extra === "object" && payload.extra !== null && Object.keys(payload.extra).length > 0;
  return (
    <>
      <Card title="Input">
        <JsonView value={payload.input} label="input" />
      </Card>
      <Card title="Output">
        <JsonView value={payload.output} label="output" />
      </Card>
      {hasExtra ? (
        <Card title="Other fields that were sent with it">
          <JsonView value={payload.extra} label="other fields" />
        </Card>
      ) : null}
    </>
  );
}

function Evidence({ output, timeZone }: { output: OutputDetail; timeZone: string }) {
  return (
    <>
      <Card flush={output.reviews.length > 0} title="Reviews">
        {output.reviews.length > 0 ? (
          <ReviewList reviews={output.reviews} timeZone={timeZone} />
        ) : (
          <p className="text-sm text-muted">Nobody has reviewed it.</p>
        )}
      </Card>
      {output.truths.length > 0 ? (
        <Card
          title="Truth that was sent"
          description="The newest counts; a review is never overwritten by it."
        >
          <ul className="flex flex-col gap-3">
            {output.truths.map((truth) => (
              <li key={truth.id}>
                <p className="mb-1 text-xs text-subtle tabular">
                  {truth.known_at ? `known ${formatInstant(truth.known_at, timeZone)}, ` : ""}
                  received {formatInstant(truth.received_at, timeZone)}
                </p>
                {output.payload ? <JsonView value={truth.value} label="truth" /> : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function Facts({ slug, output, timeZone }: { slug: string; output: OutputDetail; timeZone: string }) {
  const segments = Object.entries(output.segments);
  const items = [
    {
      term: "Model",
      detail: output.model_version ? (
        <>
          {output.model_name}{" "}
          <TextLink href={outputAddress(slug, { version: output.model_version })}>
            {output.model_version}
          </TextLink>
        </>
      ) : (
        (output.model_name ?? "not said")
      ),
    },
    ...segments.map(([attribute, value]) => ({
      term: attribute,
      detail: (
        <TextLink href={outputAddress(slug, { segment: [`${attribute}=${value}`] })}>
          {value || "(empty)"}
        </TextLink>
      ),
    })),
    {
      term: "Confidence",
      detail: output.confidence === null ? "not said" : formatDecimal(output.confidence, 3),
    },
    ...(output.flags.length > 0
      ? [
          {
            term: "Flags",
            detail: (
              <span className="flex flex-wrap gap-1">
                {output.flags.map((flag) => (
                  <Badge key={flag} tone="warn">
                    {flag.replaceAll("_", " ").toLowerCase()}
                  </Badge>
                ))}
              </span>
            ),
          },
        ]
      : []),
    ...sentLinks(output.payload?.extra).map(({ name, address }) => ({
      term: name,
      detail: (
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="break-all text-accent-ink underline underline-offset-2"
        >
          {address}
        </a>
      ),
    })),
    ...(output.cluster ? [{ term: "Cluster", detail: output.cluster }] : []),
    { term: "Source", detail: output.source.name },
    { term: "Received", detail: formatInstant(output.received_at, timeZone) },
    ...(output.settled_at
      ? [
          {
            term: "Settled",
            detail: `${formatInstant(output.settled_at, timeZone)}${SETTLED_BY[output.settled_by ?? ""] ?? ""}`,
          },
        ]
      : []),
    ...(output.conflicts > 0
      ? [
          {
            term: "Conflicts",
            detail: `${output.conflicts} other versions came under this id and were kept apart`,
          },
        ]
      : []),
  ];
  return <DescriptionList items={items} />;
}
