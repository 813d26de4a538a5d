import { notFound } from "next/navigation";
import * as z from "zod";

import { PickDialog } from "@/app/(app)/[project]/output/picked/pick-dialog";
import { ReasonList } from "@/app/(app)/[project]/input/reason-list";
import { pageContext } from "@/app/_boundary/session";
import { TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatInstant } from "@/lib/core/format";
import { type QuarantinedBytes, readQuarantined } from "@/lib/ingest/queries";
import { outputIdOf } from "@/lib/output/matching-ids";
import { shownReasons } from "@/lib/quarantine/shown-reasons";
import { shownBytes } from "./shown-bytes";

export const metadata = { title: "Record in quarantine" };

export default async function QuarantinedPage({
  params,
}: {
  params: Promise<{ project: string; record: string }>;
}) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const id = z.uuid().safeParse((await params).record);
  const record = id.success ? await readQuarantined(ctx, id.data) : null;
  if (!record) notFound();
  const { slug, timeZone } = project;
  const canSeePayload = can("payload.read");
  const outputId = record.externalId === null ? null : await outputIdOf(ctx, record.externalId);
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${slug}/input`}>Input</TextLink>}
        title={
          record.externalId === null ? (
            "Record without a usable id"
          ) : (
            <span className="font-mono text-lg break-all">
              <bdi>{record.externalId}</bdi>
            </span>
          )
        }
        description={stateWords(record, timeZone)}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Why">
            <div className="text-sm">
              <ReasonList reasons={shownReasons(record.reasons, canSeePayload)} />
            </div>
          </Card>
          <AsItCame record={record} canSeePayload={canSeePayload} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <LookCloser record={record} slug={slug} outputId={outputId} canManage={can("project.manage")} />
          <Card title="About it">
            <DescriptionList
              items={[
                { term: "Sent as", detail: record.kind },
                { term: "Source", detail: <bdi>{record.source}</bdi> },
                { term: "Length", detail: `${formatCount(record.bytes)} bytes` },
                {
                  term: "SHA-256",
                  detail: <span className="font-mono text-xs break-all">{record.hash}</span>,
                },
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}

const SETTLED: Readonly<Record<string, string>> = {
  replayed: "taken over as an output by a later contract",
  accepted: "accepted once as a flagged output",
  discarded: "discarded: it will never be used",
};

/** Since when it is held, or what was decided about it. */
function stateWords(
  { receivedAt, settledHow, settledAt, settledNote }: QuarantinedBytes,
  zone: string,
): string {
  if (settledHow === null || settledAt === null)
    return `In quarantine since ${formatInstant(receivedAt, zone)}: kept as it came.`;
  const note = settledNote ? `, because: “${settledNote}”` : "";
  return `Received ${formatInstant(receivedAt, zone)}; on ${formatInstant(settledAt, zone)} ${SETTLED[settledHow] ?? settledHow}${note}.`;
}

/** Of a record that no output was made of. */
const REVIEWABLE: Readonly<Record<string, string>> = {
  stratum:
    "Yes. Reviewers judge a sample of the records in quarantine, in the same queue as outputs and without knowing which they are. What they say counts in accuracy on all traffic.",
  unreadable:
    "No. There is no input and output in it that people could read. In accuracy on all traffic it could be right or wrong: the range allows for both.",
  resent: "Not on its own. A record of the same id counts in its place.",
  pilot: "No. It was sent as a part of the pilot, which is no traffic.",
  truth: "No. A truth is not judged.",
};
const NOT_LOOKED_AT = "This is found out in a few seconds.";

function LookCloser({
  record,
  slug,
  outputId,
  canManage,
}: {
  record: QuarantinedBytes;
  slug: string;
  outputId: string | null;
  canManage: boolean;
}) {
  const { kind, countedAs, settledHow } = record;
  const key = kind === "truth" ? "truth" : (countedAs ?? "");
  const became = settledHow === "replayed" || settledHow === "accepted";
  return (
    <Card title="Can it be reviewed?">
      {outputId ? (
        <>
          <p className="mb-3 text-sm text-muted text-pretty">
            {became ? "It became " : "There is "}
            <TextLink href={`/${slug}/output/${outputId}`}>an output with this id</TextLink>. People can look
            at that one.
          </p>
          {canManage ? (
            <PickDialog
              slug={slug}
              from={{ origin: "quarantine", outputs: [outputId] }}
              subject="this output"
            />
          ) : null}
        </>
      ) : (
        <p className="text-sm text-muted text-pretty">{REVIEWABLE[key] ?? NOT_LOOKED_AT}</p>
      )}
    </Card>
  );
}

function AsItCame({ record, canSeePayload }: { record: QuarantinedBytes; canSeePayload: boolean }) {
  if (!canSeePayload) {
    return (
      <Card title="As it came">
        <p className="text-sm text-muted">
          Your role shows numbers and reasons, not what was sent. A manager can change that in the project's
          settings.
        </p>
      </Card>
    );
  }
  const { form, text, shown } = shownBytes(record.raw);
  const kept = record.raw.length;
  const sentences = [
    form === "text" ? "Invisible characters are named." : "It is no UTF-8 text, so its bytes are shown.",
    kept < record.bytes ? `Of so large a record the first ${formatCount(kept)} bytes are kept.` : null,
    shown < kept ? `Here are the first ${formatCount(shown)} of ${formatCount(kept)} bytes.` : null,
  ];
  return (
    <Card title="As it came" description={sentences.filter((each) => each !== null).join(" ")}>
      <pre
        role="region"
        aria-label="The record as it came"
        tabIndex={0}
        className={`max-h-[32rem] overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 text-ink ${
          form === "text" ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : ""
        }`}
      >
        {text}
      </pre>
    </Card>
  );
}
