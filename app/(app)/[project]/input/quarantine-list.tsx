import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";

export interface QuarantinedRow {
  id: string;
  kind: string;
  source: string;
  externalId: string | null;
  receivedAt: string;
  bytes: number;
  reasons: readonly {
    code: string;
    sentence: string;
    path: string;
    expected: string | null;
    /** Null also for those who may not see payloads. */
    observed: string | null;
  }[];
}

const SHOWN_REASONS = 3;

export function QuarantineList({ records }: { records: readonly QuarantinedRow[] }) {
  if (records.length === 0) return <p className="px-4 pb-4 text-sm text-muted">Nothing is in quarantine.</p>;
  return (
    <Table label="Newest records in quarantine">
      <TableHead>
        <tr>
          <HeaderCell>Received</HeaderCell>
          <HeaderCell>Record</HeaderCell>
          <HeaderCell>Why</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <TableRow key={record.id}>
            <Cell className="align-top whitespace-nowrap text-muted tabular">{record.receivedAt}</Cell>
            <Cell className="min-w-36 align-top">
              <div className="max-w-60 truncate font-mono text-xs" title={record.externalId ?? undefined}>
                <bdi>{record.externalId ?? "without a usable id"}</bdi>
              </div>
              <div className="text-xs text-subtle">
                {record.kind === "truth" ? "truth" : "output"} from <bdi>{record.source}</bdi>,{" "}
                {formatCount(record.bytes)} bytes
              </div>
            </Cell>
            <Cell className="min-w-72 align-top">
              <ul className="flex flex-col gap-1">
                {record.reasons.slice(0, SHOWN_REASONS).map((reason, index) => (
                  <li key={index}>
                    {reason.sentence} <ReasonDetail {...reason} />
                  </li>
                ))}
              </ul>
              {record.reasons.length > SHOWN_REASONS ? (
                <p className="text-xs text-subtle">
                  and {record.reasons.length - SHOWN_REASONS} more reasons
                </p>
              ) : null}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ReasonDetail({ path, expected, observed }: QuarantinedRow["reasons"][number]) {
  const parts = [
    path === "" ? null : `at ${path}`,
    observed === null ? null : `found ${observed}`,
    expected === null ? null : `expected ${expected}`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return <span className="break-words text-xs text-subtle">({parts.join("; ")})</span>;
}
