import { DocLink } from "@/components/docs/doc-link";
import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Explain } from "@/components/ui/explain";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatInterval, formatPercent, formatSegmentValue } from "@/lib/core/format";
import type { NonResponse } from "@/lib/estimate/measurement-schema";

import { nonResponseWords } from "./measurement-words";

/** What nobody could or would judge, where the sampling rates differ, with what that leaves open. */
export function NonResponseCard({ found }: { found: NonResponse }) {
  return (
    <Card
      flush
      title="What was left open"
      description={<DocLink to="/docs/numbers#hidden">Why this is shown</DocLink>}
    >
      <p className="max-w-3xl px-4 pb-4 text-sm text-ink text-pretty">{nonResponseWords(found)}</p>
      {found.strata.length > 0 ? (
        <Table label="Samples left open, by stratum">
          <TableHead>
            <tr>
              <HeaderCell>Part of the traffic</HeaderCell>
              <HeaderCell numeric>Judged</HeaderCell>
              <HeaderCell numeric>Cannot be judged</HeaderCell>
              <HeaderCell numeric className="hidden sm:table-cell">
                Handed on
              </HeaderCell>
              <HeaderCell numeric className="hidden md:table-cell">
                <Headed label="Expired">
                  Samples that the plan counted on and that became too old before anybody came to them.
                </Headed>
              </HeaderCell>
              <HeaderCell numeric className="hidden md:table-cell">
                Waiting
              </HeaderCell>
              <HeaderCell numeric>Accuracy</HeaderCell>
              <HeaderCell numeric className="hidden lg:table-cell">
                <Headed label="All wrong … all right">
                  What accuracy would be if everything that nobody could judge were wrong, or right.
                </Headed>
              </HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {found.strata.map((row) => (
              <StratumRow key={`${row.attribute} ${row.value} ${row.flagged}`} row={row} />
            ))}
          </TableBody>
        </Table>
      ) : null}
    </Card>
  );
}

function StratumRow({ row }: { row: NonResponse["strata"][number] }) {
  const { estimate } = row;
  const shown = estimate && estimate.reading !== "counts" ? estimate : null;
  return (
    <TableRow>
      <Cell>
        <span className="flex flex-wrap items-center gap-x-2">
          {row.attribute === "" ? "All outputs" : `${row.attribute} = ${formatSegmentValue(row.value)}`}
          {row.flagged ? <Badge>flagged</Badge> : null}
        </span>
      </Cell>
      <Cell numeric>{formatCount(row.judged)}</Cell>
      <Cell numeric>
        {formatCount(row.cannot_judge)}
        {estimate && estimate.unsure_share > 0.05 ? (
          <Badge tone="warn" className="ml-2">
            {formatPercent(estimate.unsure_share, 0)}
          </Badge>
        ) : null}
      </Cell>
      <Cell numeric className="hidden sm:table-cell">
        {formatCount(row.handed_on)}
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {formatCount(row.expired)}
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {formatCount(row.waiting)}
      </Cell>
      <Cell numeric>
        {shown ? (
          <>
            <span className="block whitespace-nowrap">{accuracyText(shown)}</span>
            <span className="block text-xs whitespace-nowrap text-subtle">
              {formatInterval(accuracyRange(shown))}
            </span>
          </>
        ) : (
          <span className="text-subtle">{estimate ? "too few" : "–"}</span>
        )}
      </Cell>
      <Cell numeric className="hidden whitespace-nowrap text-muted lg:table-cell">
        {shown?.bounds ? formatInterval(shown.bounds, 1) : "–"}
      </Cell>
    </TableRow>
  );
}

function Headed({ label, children }: { label: string; children: string }) {
  return (
    <span className="inline-flex items-center">
      {label}
      <Explain of={label}>
        {children} <DocLink to="/docs/numbers#hidden">Why this is shown</DocLink>
      </Explain>
    </span>
  );
}
