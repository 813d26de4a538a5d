import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";
import type { ShownReason } from "@/lib/quarantine/shown-reasons";
import { ReasonList } from "./reason-list";

export interface QuarantinedRow {
  id: string;
  kind: string;
  source: string;
  externalId: string | null;
  receivedAt: string;
  bytes: number;
  reasons: readonly ShownReason[];
}

const SHOWN_REASONS = 3;

export function QuarantineList({ slug, records }: { slug: string; records: readonly QuarantinedRow[] }) {
  if (records.length === 0) return <p className="px-4 pb-4 text-sm text-muted">Nothing is in quarantine.</p>;
  return (
    <Table label="Newest records in quarantine">
      <TableHead>
        <tr>
          <HeaderCell className="hidden sm:table-cell">Received</HeaderCell>
          <HeaderCell>Record</HeaderCell>
          <HeaderCell>Why</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <TableRow key={record.id}>
            <Cell className="hidden align-top whitespace-nowrap text-muted tabular sm:table-cell">
              {record.receivedAt}
            </Cell>
            <Cell className="min-w-32 align-top sm:min-w-44">
              <div
                className="max-w-32 truncate font-mono text-xs sm:max-w-60"
                title={record.externalId ?? undefined}
              >
                <TextLink href={`/${slug}/input/${record.id}`}>
                  <bdi>{record.externalId ?? "no usable id"}</bdi>
                </TextLink>
              </div>
              <div className="text-xs text-subtle">
                {record.kind} from <bdi>{record.source}</bdi>, {formatCount(record.bytes)} bytes
              </div>
              <div className="text-xs text-subtle tabular sm:hidden">{record.receivedAt}</div>
            </Cell>
            <Cell className="align-top sm:min-w-72">
              <ReasonList reasons={record.reasons} most={SHOWN_REASONS} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
