"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { attemptFact, deliveryDetail, MESSAGE_KINDS, STATE_LOOK } from "@/components/alert/delivery-words";
import { Badge } from "@/components/ui/badge";
import { Button, TextLink } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import type { DeliveryRow, TryResult } from "@/lib/alert/schema";

/** What was sent to whom, with every attempt; what did not arrive can be sent again. */
export function DeliveryTable({
  slug,
  timeZone,
  deliveries,
}: {
  slug: string;
  timeZone: string;
  deliveries: readonly DeliveryRow[];
}) {
  return (
    <Table label="Messages that were sent">
      <TableHead>
        <tr>
          <HeaderCell>Message</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell className="hidden lg:table-cell">Attempts</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {deliveries.map((row) => (
          <TableRow key={row.id}>
            <Cell className="min-w-48 align-top">
              <div className="font-medium break-words text-pretty">
                {row.incident_id ? (
                  <TextLink href={`/${slug}/incident/${row.incident_id}`}>{row.title}</TextLink>
                ) : (
                  row.title
                )}
              </div>
              <div className="text-xs text-subtle tabular">
                {formatInstant(row.created_at, timeZone)} · to <bdi>{row.channel.name}</bdi> ·{" "}
                {MESSAGE_KINDS[row.kind]}
              </div>
            </Cell>
            <Cell className="min-w-40 align-top">
              <Badge tone={STATE_LOOK[row.state].tone}>{STATE_LOOK[row.state].label}</Badge>
              <div className="mt-1 max-w-md text-xs break-words text-muted text-pretty">
                {deliveryDetail(row, timeZone)}
              </div>
              <div className="mt-1 lg:hidden">
                <Attempts row={row} timeZone={timeZone} />
              </div>
              <div className="mt-2 flex sm:hidden">
                <Replay slug={slug} row={row} />
              </div>
            </Cell>
            <Cell className="hidden min-w-56 align-top lg:table-cell">
              <Attempts row={row} timeZone={timeZone} />
            </Cell>
            <Cell className="hidden align-top sm:table-cell">
              <Replay slug={slug} row={row} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Attempts({ row, timeZone }: { row: DeliveryRow; timeZone: string }) {
  const { attempts } = row;
  if (attempts.length === 0) return <span className="text-xs text-subtle">None yet</span>;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-muted">
        {attempts.length === 1 ? "One attempt" : `${attempts.length} attempts`}
      </summary>
      <ol className="mt-1 flex max-w-md flex-col gap-1">
        {attempts.map((attempt) => (
          <li key={attempt.number} className="text-subtle tabular">
            <span className="text-ink">
              {attempt.number}. {formatInstant(attempt.at, timeZone)}: {attemptFact(attempt)}
            </span>
            <span className="block break-words">{attempt.detail}</span>
          </li>
        ))}
      </ol>
      <p className="mt-1 font-mono break-all text-subtle">id {row.id}</p>
    </details>
  );
}

function Replay({ slug, row }: { slug: string; row: DeliveryRow }) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);
  async function replay() {
    setBusy(true);
    try {
      const path = `/api/v1/projects/${slug}/alert-deliveries/${row.id}/replay`;
      const { delivered, sentence } = await fetchJson<TryResult>(path, { method: "POST" });
      show({ kind: delivered ? "done" : "problem", title: sentence });
      router.refresh();
    } catch (error) {
      show({ kind: "problem", title: problemSentence(error) });
    }
    setBusy(false);
  }
  const label = row.state === "held" ? "Send now" : "Send again";
  return (
    <div className="flex justify-end">
      <Button size="sm" busy={busy} onClick={replay} aria-label={`${label}: ${row.title}`}>
        {label}
      </Button>
    </div>
  );
}
