import { Check, CircleHelp, X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatInstant, formatPercent } from "@/lib/core/format";
import type { IncidentOutputs } from "@/lib/incident/output-schema";

type Output = IncidentOutputs["outputs"][number];

/** The reviewed outputs behind an incident; each row leads to its output. */
export function IncidentOutputTable({
  outputs,
  timeZone,
  withPreview,
  hrefOf,
}: {
  outputs: readonly Output[];
  timeZone: string;
  withPreview: boolean;
  hrefOf: (output: Output) => string;
}) {
  return (
    <Table label="Reviewed outputs behind this incident">
      <TableHead>
        <tr>
          <HeaderCell>Output</HeaderCell>
          <HeaderCell>Review</HeaderCell>
          {withPreview ? <HeaderCell className="hidden md:table-cell">Result</HeaderCell> : null}
          <HeaderCell className="hidden lg:table-cell">Version</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Stands for
          </HeaderCell>
          <HeaderCell className="hidden 2xl:table-cell">Reviewer</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {outputs.map((output) => (
          <TableRow key={output.id} className="relative h-12">
            <Cell>
              <div className="max-w-44 min-w-0 sm:max-w-56">
                <Link
                  href={hrefOf(output) as Route}
                  prefetch={false}
                  className="block truncate font-mono text-xs font-medium text-ink after:absolute after:inset-0 hover:text-accent-ink"
                >
                  {output.external_id}
                </Link>
                <span className="block truncate text-xs text-subtle tabular">
                  {formatInstant(output.occurred_at, timeZone)}
                  {output.before_alarm ? "" : ", after it was found"}
                </span>
              </div>
            </Cell>
            <Cell>
              <LabelBadge output={output} />
            </Cell>
            {withPreview ? (
              <Cell className="hidden md:table-cell">
                <span className="block max-w-64 truncate font-mono text-xs text-muted">
                  {output.preview ?? "–"}
                </span>
              </Cell>
            ) : null}
            <Cell className="hidden text-muted lg:table-cell">
              <span className="block max-w-28 truncate">{output.model_version ?? "–"}</span>
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted sm:table-cell">
              {formatCount(Math.round(output.weight))}{" "}
              {Math.round(output.weight) === 1 ? "output" : "outputs"}
            </Cell>
            <Cell className="hidden text-muted 2xl:table-cell">
              <span className="block max-w-40 truncate">
                {output.reviewers.length > 0 ? output.reviewers.join(", ") : "sent truth"}
              </span>
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function LabelBadge({ output: { score, corrected } }: { output: Output }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {score === null ? (
        <Badge>
          <CircleHelp aria-hidden="true" />
          Cannot judge
        </Badge>
      ) : score === 1 ? (
        <Badge tone="good">
          <Check aria-hidden="true" />
          Correct
        </Badge>
      ) : (
        <Badge tone="alarm">
          <X aria-hidden="true" />
          {score === 0 ? "Incorrect" : `${formatPercent(score, 0)} correct`}
        </Badge>
      )}
      {corrected ? <span className="text-xs text-subtle">corrected</span> : null}
    </span>
  );
}
