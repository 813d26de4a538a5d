"use client";

import { Monitor } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import type { Hold } from "@/lib/review/queue-overview";

/** Who holds what until when; an item can be taken back for others. */
export function HoldTable({
  slug,
  holds,
  timeZone,
}: {
  slug: string;
  holds: readonly Hold[];
  timeZone: string;
}) {
  if (holds.length === 0)
    return <EmptyState icon={<Monitor aria-hidden="true" />} title="Nobody is reviewing at this moment" />;
  return (
    <Table label="On people's screens now">
      <TableHead>
        <tr>
          <HeaderCell>Item</HeaderCell>
          <HeaderCell>Held by</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Until</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {holds.map((hold) => (
          <TableRow key={hold.slotId}>
            <Cell className="max-w-40 sm:max-w-64">
              <span className="block truncate font-mono text-xs">{hold.reference}</span>
              {hold.queue === "review" ? null : (
                <Badge tone={hold.queue === "diagnostic" ? "picked" : "accent"}>
                  {hold.queue === "diagnostic" ? "Hand-picked" : "To decide"}
                </Badge>
              )}
            </Cell>
            <Cell>{hold.holder}</Cell>
            <Cell className="hidden whitespace-nowrap tabular sm:table-cell">
              {formatInstant(hold.expiresAt, timeZone)}
            </Cell>
            <Cell className="text-right">
              <TakeBack slug={slug} hold={hold} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function TakeBack({ slug, hold }: { slug: string; hold: Hold }) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);
  async function takeBack() {
    setBusy(true);
    try {
      await fetchJson(`/api/v1/projects/${slug}/queue/release`, {
        method: "POST",
        body: { slot_id: hold.slotId },
      });
      show({
        title: "Free for others",
        description: `What ${hold.holder} sends all the same is kept as an extra opinion.`,
      });
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    router.refresh();
    setBusy(false);
  }
  return (
    <Button
      size="sm"
      variant="ghost"
      busy={busy}
      aria-label={`Take ${hold.reference} back from ${hold.holder}`}
      onClick={() => void takeBack()}
    >
      Take back
    </Button>
  );
}
