import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";

export interface LedgerRow {
  sourceId: string;
  source: string;
  /** As text, in the project's zone. */
  hour: string;
  received: number;
  accepted: number;
  flagged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  refused: number;
}

const PARTS = [
  ["accepted", "Accepted", "Stored as they came"],
  ["flagged", "Flagged", "Stored, with something worth a look, for example a time in the future"],
  ["duplicates", "Repeated", "The same record again: stored once"],
  ["conflicts", "Conflicting", "Another content under a known id: the first one counts, the other is kept"],
  ["quarantined", "Quarantined", "Could not be read as meant: kept with its bytes"],
  ["refused", "Refused", "Nothing stored, and the sender was told so"],
] as const;

/** received = the sum of the columns to its right, for every source and hour. */
export function LedgerTable({ rows }: { rows: readonly LedgerRow[] }) {
  return (
    <Table label="Records received by source and hour">
      <TableHead>
        <tr>
          <HeaderCell>Hour</HeaderCell>
          <HeaderCell>Source</HeaderCell>
          <HeaderCell numeric>Received</HeaderCell>
          {PARTS.map(([name, label, title]) => (
            <HeaderCell key={name} numeric title={title}>
              {label}
            </HeaderCell>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={`${row.sourceId}|${row.hour}`}>
            <Cell className="whitespace-nowrap text-muted tabular">{row.hour}</Cell>
            <Cell className="min-w-28">
              <bdi>{row.source}</bdi>
            </Cell>
            <Cell numeric className="font-medium">
              {formatCount(row.received)}
            </Cell>
            {PARTS.map(([name]) => (
              <Cell key={name} numeric className={toneOf(name, row[name])}>
                {formatCount(row[name])}
              </Cell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Zeros step back; what a sender should look at stands out. */
function toneOf(name: (typeof PARTS)[number][0], count: number): string {
  if (count === 0) return "text-subtle";
  return name === "conflicts" || name === "quarantined" || name === "refused" ? "text-warn-ink" : "";
}
