"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import type { ContractDefinition } from "@/lib/contract/schema";
import { formatCount, formatProbability } from "@/lib/core/format";
import { PastDialog } from "./past-dialog";

/** A version with what it does otherwise than the one before, in words. */
export interface ShownContract {
  version: number;
  definition: ContractDefinition;
  since: string;
  by: string | null;
  note: string;
  flagged: number | null;
  quarantined: number | null;
  changes: { kind: "added" | "removed" | "changed"; path: string; words: string }[];
}

const KINDS = { added: "New", removed: "Gone", changed: "Changed" } as const;
const TONES = { added: "good", removed: "alarm", changed: "warn" } as const;

export function ContractVersions({
  slug,
  versions,
  sentences,
}: {
  slug: string;
  versions: readonly ShownContract[];
  sentences: Readonly<Record<string, string>>;
}) {
  const [inForce] = versions;
  if (!inForce) return null;
  return (
    <Card
      flush
      title="Versions"
      description="Outputs keep the version that judged them."
      {...(inForce.version > versions.length ? { footer: `The newest ${versions.length}.` } : {})}
    >
      <Table label="Versions of the contract">
        <TableHead>
          <tr>
            <HeaderCell>Version</HeaderCell>
            <HeaderCell numeric>Rules</HeaderCell>
            <HeaderCell numeric className="hidden md:table-cell">
              Flagged, held back in the pilot
            </HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Since</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {versions.map((each) => (
            <TableRow key={each.version}>
              <Cell>
                <span className="font-medium">{each.version}</span>{" "}
                {each === inForce ? <Badge tone="good">In force</Badge> : null}
                {each.note ? <span className="block text-xs text-subtle">“{each.note}”</span> : null}
              </Cell>
              <Cell numeric>{formatCount(each.definition.rules.length)}</Cell>
              <Cell numeric className="hidden text-muted md:table-cell">
                {each.flagged === null || each.quarantined === null
                  ? "no pilot then"
                  : `${formatProbability(each.flagged)}, ${formatProbability(each.quarantined)}`}
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">
                <span className="whitespace-nowrap">{each.since}</span>
                {each.by ? <span className="block text-xs text-subtle">{each.by}</span> : null}
              </Cell>
              <Cell className="text-right">
                <ChangesDialog version={each} />
                {each === inForce ? null : (
                  <PastDialog
                    slug={slug}
                    definition={each.definition}
                    sentences={sentences}
                    label={`Past outputs by ${each.version}`}
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

const SHOWN = 100;

function ChangesDialog({ version }: { version: ShownContract }) {
  const { changes } = version;
  return (
    <Dialog
      size="lg"
      title={`Version ${version.version}`}
      description={`Since ${version.since}${version.by ? `, by ${version.by}` : ""}`}
      trigger={
        <Button variant="ghost" size="sm">
          {changes.length === 1 ? "1 change" : `${formatCount(changes.length)} changes`}
        </Button>
      }
    >
      {changes.length === 0 ? (
        <p className="text-sm text-muted">It asks for the same as the version before.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line text-sm">
          {changes.slice(0, SHOWN).map((change) => (
            <li
              key={`${change.kind} ${change.path} ${change.words}`}
              className="flex items-start gap-3 py-1.5"
            >
              <Badge tone={TONES[change.kind]} className="mt-0.5 w-18 justify-center">
                {KINDS[change.kind]}
              </Badge>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-mono text-xs text-subtle">{change.path}</span> {change.words}
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.length > SHOWN ? (
        <p className="text-sm text-muted">and {formatCount(changes.length - SHOWN)} more</p>
      ) : null}
    </Dialog>
  );
}
