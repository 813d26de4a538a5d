import { notFound } from "next/navigation";
import * as z from "zod";

import { foundSentence, outputsText, tagCounts } from "@/app/(app)/[project]/output/picked/picked-words";
import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { pageContext } from "@/app/_boundary/session";
import { Badge } from "@/components/ui/badge";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { outputFilterSchema } from "@/lib/output/schema";
import type { BatchRow, PickedItem } from "@/lib/review/diagnostic-schema";
import { readBatch } from "@/lib/review/picked-batches";
import { BatchActions } from "./batch-actions";
import { PickedTable } from "./picked-table";

export const metadata = { title: "Hand-picked outputs" };

/** One question: what was picked for it, and what people found. */
export default async function BatchPage({ params }: { params: Promise<{ project: string; batch: string }> }) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const id = z.uuid().safeParse((await params).batch);
  const found = id.success ? await readBatch(ctx, id.data, can("payload.read")) : null;
  if (!found) notFound();
  const { batch, items } = found;
  const { slug, timeZone } = project;
  const canManage = can("project.manage");
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${slug}/output/picked`}>Hand-picked outputs</TextLink>}
        title={<span className="break-words">{batch.note}</span>}
        description="Picked by hand, so none of it counts in any accuracy."
        actions={
          <>
            {can("review.work") && batch.waiting > 0 ? (
              <LinkButton href={`/${slug}/review/diagnostic`}>Look at what waits</LinkButton>
            ) : null}
            {canManage ? (
              <BatchActions slug={slug} batchId={batch.id} waiting={batch.waiting} removed={batch.removed} />
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <Card flush title={foundSentence(batch) ?? "Nobody has looked yet"}>
          <PickedTable
            slug={slug}
            batchId={batch.id}
            items={items}
            timeZone={timeZone}
            canManage={canManage}
          />
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <WhatWasSaid items={items} />
          <Card title="About it">
            <About slug={slug} batch={batch} timeZone={timeZone} />
          </Card>
        </div>
      </div>
    </>
  );
}

function WhatWasSaid({ items }: { items: readonly PickedItem[] }) {
  const tags = tagCounts(items);
  const severities = (["critical", "major", "minor"] as const)
    .map((severity) => ({ severity, count: items.filter((item) => item.severity === severity).length }))
    .filter((each) => each.count > 0);
  if (tags.length === 0 && severities.length === 0) return null;
  return (
    <Card title="What was said about them">
      <ul className="flex flex-wrap gap-1.5">
        {severities.map(({ severity, count }) => (
          <li key={severity}>
            <Badge tone={severity === "critical" ? "alarm" : "warn"}>
              {count} × {severity}
            </Badge>
          </li>
        ))}
        {tags.map(({ tag, count }) => (
          <li key={tag}>
            <Badge>
              {count} × {tag}
            </Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function About({ slug, batch, timeZone }: { slug: string; batch: BatchRow; timeZone: string }) {
  return (
    <DescriptionList
      items={[
        { term: "Asked by", detail: batch.askedBy ?? "a former member" },
        { term: "Asked", detail: formatInstant(batch.askedAt, timeZone) },
        { term: "Picked", detail: outputsText(batch.picked) },
        { term: "Chosen from", detail: <Origin slug={slug} batch={batch} /> },
      ]}
    />
  );
}

function Origin({ slug, batch: { origin, originRef } }: { slug: string; batch: BatchRow }) {
  if (origin === "incident" && originRef)
    return <TextLink href={`/${slug}/incident/${originRef}`}>an incident</TextLink>;
  if (origin === "filter" && originRef) {
    const filter = outputFilterSchema.safeParse(JSON.parse(originRef));
    return filter.success ? (
      <TextLink href={outputAddress(slug, filter.data)}>a filter over the outputs</TextLink>
    ) : (
      "a filter over the outputs"
    );
  }
  if (origin === "output") return "an output's page";
  return origin === "quarantine" ? "the quarantine" : "the list of outputs";
}
