"use client";

import { Check, CircleHelp, X } from "lucide-react";
import { useRouter } from "next/navigation";

import { changePicked } from "@/app/(app)/[project]/output/picked/change-picked";
import { STATE_WORDS, tagText } from "@/app/(app)/[project]/output/picked/picked-words";
import { Badge } from "@/components/ui/badge";
import { Button, TextLink } from "@/components/ui/button";
import { problemSentence } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import type { PickedItem } from "@/lib/review/diagnostic-schema";

/** What was picked, what was found first; each row leads to its output. */
export function PickedTable({
  slug,
  batchId,
  items,
  timeZone,
  canManage,
}: {
  slug: string;
  batchId: string;
  items: readonly PickedItem[];
  timeZone: string;
  canManage: boolean;
}) {
  return (
    <Table label="Hand-picked outputs">
      <TableHead>
        <tr>
          <HeaderCell>Output</HeaderCell>
          <HeaderCell>Found</HeaderCell>
          <HeaderCell className="hidden lg:table-cell">Said</HeaderCell>
          {canManage ? (
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          ) : null}
        </tr>
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <TableRow key={item.outputId}>
            <Cell className="max-w-40 sm:max-w-64">
              <TextLink
                href={`/${slug}/output/${item.outputId}`}
                className="block truncate font-mono text-xs"
              >
                {item.reference}
              </TextLink>
              <span className="block truncate text-xs text-subtle tabular">
                {formatInstant(item.occurredAt, timeZone)}
              </span>
            </Cell>
            <Cell>
              <Found item={item} timeZone={timeZone} />
              <div className="lg:hidden">
                <Said item={item} />
              </div>
            </Cell>
            <Cell className="hidden max-w-md lg:table-cell">
              <Said item={item} />
            </Cell>
            {canManage ? (
              <Cell className="text-right">
                <TakeOff slug={slug} batchId={batchId} item={item} />
              </Cell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Found({ item, timeZone }: { item: PickedItem; timeZone: string }) {
  if (item.state !== "judged")
    return <span className="text-sm text-subtle text-pretty">{STATE_WORDS[item.state]}</span>;
  const unsure = item.outcome === "CANNOT_JUDGE";
  const right = item.verdict === "CORRECT";
  const Icon = unsure ? CircleHelp : right ? Check : X;
  return (
    <>
      <Badge tone={unsure ? "neutral" : right ? "good" : "alarm"}>
        <Icon aria-hidden="true" />
        {unsure ? "Cannot judge" : right ? "Right" : "Wrong"}
      </Badge>
      <span className="block text-xs text-subtle">
        {item.reviewer ?? "a former member"}
        {item.judgedAt ? `, ${formatInstant(item.judgedAt, timeZone)}` : ""}
      </span>
    </>
  );
}

function Said({ item }: { item: PickedItem }) {
  const texts = [item.comment, item.reason].filter((text) => text !== null);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {item.severity || item.errorTags.length > 0 ? (
        <span className="flex flex-wrap gap-1">
          {item.severity ? (
            <Badge tone={item.severity === "critical" ? "alarm" : "warn"}>{item.severity}</Badge>
          ) : null}
          {item.errorTags.map((tag) => (
            <Badge key={tag}>{tagText(tag)}</Badge>
          ))}
        </span>
      ) : null}
      {texts.map((text) => (
        <p key={text} className="line-clamp-3 text-sm text-muted break-words">
          {text}
        </p>
      ))}
    </div>
  );
}

function TakeOff({ slug, batchId, item }: { slug: string; batchId: string; item: PickedItem }) {
  const router = useRouter();
  const { show } = useToast();
  if (item.state === "judged" || item.state === "held") return null;
  const verb = item.state === "removed" ? "restore" : "remove";
  async function change() {
    try {
      const changed = await changePicked(slug, batchId, verb, [item.outputId]);
      if (changed === 0) show({ title: "Somebody was quicker: it stays as it is", kind: "problem" });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  }
  const label = verb === "remove" ? "Take off" : "Put back";
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`${label}: ${item.reference}`}
      onClick={() => void change()}
    >
      {label}
    </Button>
  );
}
