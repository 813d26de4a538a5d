"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";

export interface GoldItemRow {
  outputId: string;
  occasion: number;
  reference: string;
  /** What a right judgement comes to. */
  right: boolean;
  /** Label of the field in which an error was put; null when none was. */
  seededField: string | null;
  judged: number;
  asExpected: number;
  waiting: number;
  state: "in service" | "does not fit the form" | "retired" | "mistaken";
}

/** Known items with how people judged them: one that most people miss may be mistaken itself. */
export function GoldItemTable({ slug, items }: { slug: string; items: readonly GoldItemRow[] }) {
  return (
    <Table label="Known items">
      <TableHead>
        <tr>
          <HeaderCell>Item</HeaderCell>
          <HeaderCell numeric>As expected</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Waiting for
          </HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <TableRow key={`${item.outputId}:${item.occasion}`}>
            <Cell className="w-full max-w-0">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="min-w-0 truncate font-mono text-xs" title={item.reference}>
                  {item.reference}
                </span>
                <Badge tone={item.right ? "good" : "alarm"}>{item.right ? "Right" : "Wrong"}</Badge>
                {item.state === "in service" ? null : <Badge>{item.state}</Badge>}
              </div>
              <div className="truncate text-xs text-subtle">
                {item.seededField ? `Error in “${item.seededField}”` : "Shown as it is"}
              </div>
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {item.judged === 0 ? "–" : `${item.asExpected} of ${item.judged}`}
            </Cell>
            <Cell numeric className="hidden sm:table-cell">
              {item.waiting}
            </Cell>
            <Cell className="text-right">
              {item.state === "mistaken" ? null : <TakeOut slug={slug} item={item} />}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function TakeOut({ slug, item }: { slug: string; item: GoldItemRow }) {
  const router = useRouter();
  const { show } = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const retired = item.state === "retired";

  async function take(mistaken: boolean) {
    setBusy(true);
    try {
      await fetchJson(`/api/v1/projects/${slug}/gold/retire`, {
        method: "POST",
        body: { output_id: item.outputId, occasion: item.occasion, mistaken },
      });
      show({ title: mistaken ? "It counts for nobody any more" : "It is out of service" });
      setOpen(false);
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setBusy(false);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`Take ${item.reference} out of service?`}
      description="Nobody new gets it. If its answer turned out to be wrong, it also leaves the scores of everybody who judged it; that cannot be taken back."
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Take ${item.reference} out of service`}>
          {retired ? "Its answer is wrong" : "Take out"}
        </Button>
      }
      footer={
        <>
          <Button variant="danger" busy={busy} onClick={() => void take(true)}>
            Its answer is wrong
          </Button>
          {retired ? null : (
            <Button variant="primary" busy={busy} onClick={() => void take(false)}>
              Only take it out
            </Button>
          )}
        </>
      }
    />
  );
}
