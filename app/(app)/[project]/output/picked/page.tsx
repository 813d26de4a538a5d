import { Hand } from "lucide-react";
import * as z from "zod";

import { pageContext } from "@/app/_boundary/session";
import { Badge } from "@/components/ui/badge";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Paging } from "@/components/ui/paging";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatInstant } from "@/lib/core/format";
import type { BatchRow } from "@/lib/review/diagnostic-schema";
import { listBatches } from "@/lib/review/picked-batches";
import { foundSentence } from "./picked-words";

export const metadata = { title: "Hand-picked" };

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1);

/** What was picked by hand to learn from, and what people found. */
export default async function DiagnosticPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const page = pageNumber.parse((await searchParams).page ?? 1);
  const { batches, pages } = await listBatches(ctx, page);
  const { slug } = project;
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${slug}/output`}>Outputs</TextLink>}
        title="Hand-picked outputs"
        description="Somebody chose these to learn from them. A choice is no random sample, so none of it counts in any accuracy."
        actions={
          can("review.work") ? (
            <LinkButton href={`/${slug}/review/diagnostic`}>Look at what waits</LinkButton>
          ) : null
        }
      />
      <Card
        flush
        footer={
          pages > 1 ? (
            <Paging page={page} pages={pages} hrefOf={(each) => `/${slug}/output/picked?page=${each}`} />
          ) : null
        }
      >
        {batches.length > 0 ? (
          <BatchTable slug={slug} batches={batches} timeZone={project.timeZone} />
        ) : (
          <EmptyState
            icon={<Hand aria-hidden="true" />}
            title="Nothing was picked by hand yet"
            actions={<LinkButton href={`/${slug}/output`}>Choose outputs</LinkButton>}
          >
            Mark outputs in the list, or open an incident, and have people look at exactly those.
          </EmptyState>
        )}
      </Card>
    </>
  );
}

function BatchTable({
  slug,
  batches,
  timeZone,
}: {
  slug: string;
  batches: readonly BatchRow[];
  timeZone: string;
}) {
  return (
    <Table label="Questions">
      <TableHead>
        <tr>
          <HeaderCell>Question</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Found</HeaderCell>
          <HeaderCell numeric>Waiting</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {batches.map((batch) => (
          <TableRow key={batch.id} className="h-12">
            <Cell className="w-full max-w-0">
              <TextLink
                href={`/${slug}/output/picked/${batch.id}`}
                className="line-clamp-2 text-sm break-words"
              >
                {batch.note}
              </TextLink>
              <p className="truncate text-xs text-subtle">
                {batch.askedBy ?? "a former member"}, {formatInstant(batch.askedAt, timeZone)}
                <span className="sm:hidden"> · {foundSentence(batch) ?? "nobody has looked"}</span>
              </p>
            </Cell>
            <Cell className="hidden whitespace-nowrap sm:table-cell">
              {foundSentence(batch) ?? <span className="text-subtle">nobody has looked yet</span>}
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {batch.waiting > 0 ? (
                <Badge tone="picked">
                  {formatCount(batch.waiting)} of {formatCount(batch.picked)}
                </Badge>
              ) : (
                <span className="text-subtle">none of {formatCount(batch.picked)}</span>
              )}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
