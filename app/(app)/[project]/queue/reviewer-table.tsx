"use client";

import { UsersRound } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDuration, formatInstant } from "@/lib/core/format";
import type { QueuePerson } from "@/lib/review/queue-people";
import { skillWords } from "./queue-words";
import { ReviewerDialog } from "./reviewer-dialog";

export type ListedPerson = Omit<QueuePerson, "daily">;

/** Everybody who reviews: this week against their goal, what they are given, what waits for them. */
export function ReviewerTable({
  slug,
  people,
  segments,
  timeZone,
}: {
  slug: string;
  people: readonly ListedPerson[];
  /** What really occurs, to choose from. */
  segments: readonly { attribute: string; value: string }[];
  timeZone: string;
}) {
  if (people.length === 0)
    return (
      <EmptyState icon={<UsersRound aria-hidden="true" />} title="Nobody reviews in this project">
        Invite people as reviewers in the settings, under members.
      </EmptyState>
    );
  return (
    <Table label="Who reviews">
      <TableHead>
        <tr>
          <HeaderCell>Person</HeaderCell>
          <HeaderCell numeric>This week</HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Active time
          </HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            May take
          </HeaderCell>
          <HeaderCell className="hidden lg:table-cell">Is given</HeaderCell>
          <HeaderCell className="hidden xl:table-cell">Last review</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.userId}>
            <Cell className="max-w-40 sm:max-w-64">
              <span className="block truncate">{person.name}</span>
              <span className="flex flex-wrap items-center gap-1 text-xs text-subtle">
                {person.role === "MANAGER" ? "Manager" : "Reviewer"}
                {person.paused ? <Badge tone="warn">Paused</Badge> : null}
              </span>
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {formatCount(person.doneThisWeek)}
              {person.targetPerWeek === null ? "" : ` of ${formatCount(person.targetPerWeek)}`}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap md:table-cell">
              {person.activeSeconds > 0 ? formatDuration(person.activeSeconds) : "–"}
            </Cell>
            <Cell numeric className="hidden sm:table-cell">
              {formatCount(person.due)}
              {person.overdue > 0 ? (
                <span className="block text-xs text-warn-ink">{formatCount(person.overdue)} overdue</span>
              ) : null}
            </Cell>
            <Cell className="hidden max-w-64 truncate lg:table-cell" title={skillWords(person.skills)}>
              {skillWords(person.skills)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted xl:table-cell">
              {person.lastAt ? formatInstant(person.lastAt, timeZone) : "not in four weeks"}
            </Cell>
            <Cell className="text-right">
              <ReviewerDialog slug={slug} person={person} segments={segments} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
