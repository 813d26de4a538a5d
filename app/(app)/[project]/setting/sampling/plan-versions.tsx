"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatPercent } from "@/lib/core/format";
import type { PlanSettings, PlanVersion } from "@/lib/sampling/schema";

export interface ShownVersion extends PlanVersion {
  since: string;
}

/** All versions, newest first; an earlier one can be put in force again. */
export function PlanVersions({
  versions,
  busy,
  onUse,
}: {
  versions: readonly ShownVersion[];
  busy: boolean;
  onUse: (settings: PlanSettings) => void;
}) {
  const [inForce] = versions;
  return (
    <Card
      flush
      title="Versions"
      description="Nothing is overwritten: estimates know under which plan each output was drawn."
    >
      <Table label="Versions of the sampling plan">
        <TableHead>
          <tr>
            <HeaderCell>Version</HeaderCell>
            <HeaderCell>Plan</HeaderCell>
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
              <Cell className="min-w-40 text-muted">{planWords(each)}</Cell>
              <Cell className="hidden text-muted sm:table-cell">
                <span className="whitespace-nowrap">{each.since}</span>
                <span className="block text-xs text-subtle">
                  {each.created_by ?? "when the project began"}
                </span>
              </Cell>
              <Cell className="text-right">
                {each === inForce || !inForce ? null : (
                  <ConfirmDialog
                    title={`Use version ${each.version} again?`}
                    description={`It is saved as version ${inForce.version + 1}: ${planWords(each)}. It counts for what arrives from then on.`}
                    confirmLabel="Use it again"
                    trigger={
                      <Button variant="ghost" size="sm" disabled={busy}>
                        Use again
                      </Button>
                    }
                    onConfirm={async () => onUse(settingsOfVersion(each))}
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

function planWords(plan: PlanSettings): string {
  return [
    `${formatCount(plan.reviews_per_week)} reviews a week`,
    plan.attribute === null
      ? "all outputs alike"
      : `by ${plan.attribute}, at least ${plan.floor_per_epoch} a day each`,
    ...(plan.needs.length > 0
      ? [
          `first ${formatCount(plan.needs.reduce((sum, need) => sum + need.reviews_per_week, 0))} a week for ${plan.needs.length === 1 ? "one value" : `${plan.needs.length} values`}`,
        ]
      : []),
    `flagged ${plan.flagged_factor} times as often`,
    `${formatPercent(plan.double_review_share, 0)} judged twice`,
    `too old after ${plan.maturity_days} days`,
  ].join(", ");
}

function settingsOfVersion(version: ShownVersion): PlanSettings {
  const { version: _version, created_at: _at, created_by: _by, since: _since, ...settings } = version;
  return settings;
}
