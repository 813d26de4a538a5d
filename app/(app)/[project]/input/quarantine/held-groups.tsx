"use client";

import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Button, TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { formatCount } from "@/lib/core/format";
import type { HeldQuery } from "@/lib/ingest/held-schema";
import { DecideDialog } from "./decide-dialog";
import { type Deed, settledSentence } from "./settle-group";
import { SettleProgress } from "./settle-progress";
import { type ShownTime, TimeBars } from "./time-bars";
import { useSettling } from "./use-settling";

export interface ShownGroup {
  kind: "output" | "truth";
  code: string;
  path: string;
  sentence: string;
  records: number;
  first: string;
  last: string;
  times: ShownTime[];
  /** Shows only this group. */
  href: string;
  /** Of the contracts that held them back. */
  versions: number[];
}

/** The time that is shown: what is decided about a group is decided about that time only. */
type Times = Pick<HeldQuery, "from" | "to">;

/** What is held by reason, place and time, with what can be decided about a group. */
export function HeldGroups({
  slug,
  groups,
  times,
  canManage,
}: {
  slug: string;
  groups: readonly ShownGroup[];
  times: Times;
  canManage: boolean;
}) {
  return (
    <Table label="Held records by reason">
      <TableHead>
        <tr>
          <HeaderCell>Why</HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Records
          </HeaderCell>
          <HeaderCell className="hidden md:table-cell">When</HeaderCell>
          {canManage ? (
            <HeaderCell className="hidden md:table-cell">
              <span className="sr-only">Actions</span>
            </HeaderCell>
          ) : null}
        </tr>
      </TableHead>
      <TableBody>
        {groups.map((group) => (
          <TableRow key={`${group.kind} ${group.code} ${group.path}`}>
            <Cell className="min-w-44 align-top">
              <TextLink href={group.href}>{group.sentence}</TextLink>{" "}
              {group.path === "" ? null : (
                <span className="font-mono text-xs [overflow-wrap:anywhere] text-subtle">{group.path}</span>
              )}
              <div className="mt-0.5 flex flex-wrap gap-1">
                {group.kind === "truth" ? <Badge>Truths</Badge> : null}
                {group.versions.length > 0 ? (
                  <Badge tone="outline">
                    Contract {group.versions.length > 3 ? "versions " : ""}
                    {group.versions.slice(-3).join(", ")}
                  </Badge>
                ) : null}
              </div>
              <div className="mt-1.5 flex flex-col gap-2 md:hidden">
                <When group={group} />
                {canManage ? <GroupActions slug={slug} group={group} times={times} /> : null}
              </div>
            </Cell>
            <Cell numeric className="hidden align-top font-medium md:table-cell">
              {formatCount(group.records)}
            </Cell>
            <Cell className="hidden align-top md:table-cell">
              <When group={group} />
            </Cell>
            {canManage ? (
              <Cell className="hidden align-top md:table-cell">
                <GroupActions slug={slug} group={group} times={times} />
              </Cell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function When({ group: { times, records, first, last } }: { group: ShownGroup }) {
  return (
    <div>
      <TimeBars times={times} />
      <p className="mt-1 text-xs text-subtle tabular md:whitespace-nowrap">
        <span className="font-medium text-ink md:hidden">{formatCount(records)}: </span>
        {first === last ? first : `${first} to ${last}`}
      </p>
    </div>
  );
}

function GroupActions({ slug, group, times }: { slug: string; group: ShownGroup; times: Times }) {
  const router = useRouter();
  const { show } = useToast();
  const { at, settle, stop } = useSettling(slug);
  const { kind, code, path, records } = group;
  const progress = at ? <SettleProgress at={at} onStop={stop} /> : null;

  /** Throws what went wrong; what was settled before stays settled. */
  async function run(deed: Deed) {
    try {
      const settled = await settle({ kind, code, path, ...times }, deed, records);
      show({ title: settledSentence(deed, settled) });
    } finally {
      router.refresh();
    }
  }

  async function replay() {
    try {
      await run({ kind: "replay" });
    } catch (error) {
      const description = error instanceof Error ? error.message : "Try again.";
      show({ title: "Not all could be judged again", description, kind: "problem" });
    }
  }

  return (
    <div className="flex flex-wrap gap-1 md:justify-end">
      {kind === "output" ? (
        <>
          {progress ?? (
            <Button size="sm" onClick={() => void replay()}>
              Judge again
            </Button>
          )}
          <DecideDialog
            title={`Accept ${formatCount(records)} ${records === 1 ? "record" : "records"} this once?`}
            description="They become flagged outputs in spite of the contract, which stays as it is. What cannot be read at all stays here."
            confirmLabel="Accept once"
            progress={progress}
            trigger={
              <Button size="sm" variant="ghost" disabled={at !== null}>
                Accept once
              </Button>
            }
            onConfirm={(note) => run({ kind: "accept", note })}
          />
        </>
      ) : null}
      <DecideDialog
        danger
        title={`Discard ${formatCount(records)} ${records === 1 ? "record" : "records"}?`}
        description="They will never be used. Their bytes, reasons and your note are kept; this cannot be taken back."
        confirmLabel="Discard"
        progress={progress}
        trigger={
          <Button size="sm" variant="ghost" disabled={at !== null}>
            Discard
          </Button>
        }
        onConfirm={(note) => run({ kind: "discard", note })}
      />
    </div>
  );
}
