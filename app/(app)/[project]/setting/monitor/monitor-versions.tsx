"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatPercent } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";
import type { MonitorVersion } from "@/lib/monitor/schema";

import { boundaryWords, reviewsPerFalseAlarm, settingsWords } from "./monitor-words";

export interface ShownVersion extends MonitorVersion {
  since: string;
}

const REASONS: Readonly<Record<MonitorVersion["reason"], string>> = {
  automatic: "made by itself when the first day was complete",
  changed: "",
  baseline: "because a baseline was frozen",
};

/** All versions, newest first; an earlier one can be looked at and put in force again. */
export function MonitorVersions({
  versions,
  busy,
  onUse,
}: {
  versions: readonly ShownVersion[];
  busy: boolean;
  onUse: (version: ShownVersion) => void;
}) {
  const [inForce] = versions;
  if (!inForce) return null;
  return (
    <Card
      flush
      title="Versions"
      description="A change starts the detectors from zero; alarms of before stay with their version."
    >
      <Table label="Versions of monitoring">
        <TableHead>
          <tr>
            <HeaderCell>Version</HeaderCell>
            <HeaderCell>Settings</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Since</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {versions.map((each) => (
            <TableRow key={each.version}>
              <Cell className="whitespace-nowrap">
                <span className="font-medium">{each.version}</span>{" "}
                {each === inForce ? <Badge tone="good">In force</Badge> : null}
              </Cell>
              <Cell className="min-w-40 text-muted">
                {settingsWords(each)}
                {each.note ? <span className="block text-xs text-subtle">“{each.note}”</span> : null}
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">
                <span className="whitespace-nowrap">{each.since}</span>
                <span className="block text-xs text-subtle">{whoAndWhy(each)}</span>
              </Cell>
              <Cell className="text-right whitespace-nowrap">
                <VersionDialog version={each} />
                {each === inForce ? null : (
                  <ConfirmDialog
                    title={`Use version ${each.version} again?`}
                    description={`It is saved as version ${inForce.version + 1}, with the pilot as it is now: ${settingsWords(each)}.`}
                    confirmLabel="Use it again"
                    trigger={
                      <Button variant="ghost" size="sm" disabled={busy}>
                        Use again
                      </Button>
                    }
                    onConfirm={async () => onUse(each)}
                  />
                )}
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function whoAndWhy({ created_by: who, reason }: MonitorVersion): string {
  return [who, REASONS[reason]].filter(Boolean).join(", ");
}

/** A version as it was: read-only. */
function VersionDialog({ version }: { version: ShownVersion }) {
  const { boundaries, boundary_count: count } = version;
  return (
    <Dialog
      size="lg"
      title={`Version ${version.version}`}
      description={`Since ${version.since}. ${whoAndWhy(version)}`}
      trigger={
        <Button variant="ghost" size="sm">
          Look
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <DescriptionList
          items={[
            { term: "Settings", detail: settingsWords(version) },
            { term: "Boundary", detail: boundaryWords(version.boundary, version.pilot, version) },
            {
              term: "False alarms",
              detail: `about ${reviewsPerFalseAlarm(version.accepted_per_year, version.reviews_per_year)}, counting on ${formatCount(version.reviews_per_year / 52)} a week`,
            },
          ]}
        />
        {boundaries.length > 0 ? (
          <Table label={`Boundaries of version ${version.version}`}>
            <TableHead>
              <tr>
                <HeaderCell>Segment</HeaderCell>
                <HeaderCell numeric>Boundary</HeaderCell>
                <HeaderCell numeric>Pilot outputs</HeaderCell>
              </tr>
            </TableHead>
            <TableBody>
              {boundaries.map((row) => (
                <TableRow key={`${row.attribute}\n${row.value}`}>
                  <Cell>{segmentSentence(row)}</Cell>
                  <Cell numeric>{formatPercent(row.boundary)}</Cell>
                  <Cell numeric className="text-muted">
                    {formatCount(row.pilot_reviews)}
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        ) : null}
        {count > boundaries.length ? (
          <p className="text-sm text-muted">{formatCount(count - boundaries.length)} more are not shown.</p>
        ) : null}
      </div>
    </Dialog>
  );
}
