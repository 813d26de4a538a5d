import { TextLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatInstant } from "@/lib/core/format";
import { auditSentence } from "@/lib/project/audit-sentence";

export interface AuditLine {
  seq: string;
  at: Date;
  actor: string;
  action: string;
  object_id: string | null;
  details: Record<string, unknown>;
}

/** Who did what and when, newest first. `older` is the address of the next page. */
export function AuditTable({
  lines,
  timeZone,
  older,
}: {
  lines: readonly AuditLine[];
  timeZone: string;
  older: string | null;
}) {
  if (lines.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet">
        Every change is written down here and cannot be edited.
      </EmptyState>
    );
  }
  return (
    <>
      <Table label="Audit log">
        <TableHead>
          <tr>
            <HeaderCell>When ({timeZone})</HeaderCell>
            <HeaderCell>Who</HeaderCell>
            <HeaderCell>What</HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {lines.map((line) => (
            <TableRow key={line.seq}>
              <Cell className="whitespace-nowrap text-muted tabular">{formatInstant(line.at, timeZone)}</Cell>
              <Cell className="whitespace-nowrap">{line.actor}</Cell>
              <Cell>
                {auditSentence(line.action)}
                <AuditDetails line={line} />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {older ? (
        <p className="border-t border-line px-4 py-2.5 text-sm">
          <TextLink href={older}>Older entries</TextLink>
        </p>
      ) : null}
    </>
  );
}

function AuditDetails({ line }: { line: AuditLine }) {
  const parts = Object.entries(line.details).map(
    ([name, value]) => `${name.replaceAll("_", " ")}: ${textOf(value)}`,
  );
  return (
    <div className="text-xs break-words text-subtle">
      {parts.join(" · ")}
      {line.object_id ? <span className="font-mono"> {line.object_id}</span> : null}
    </div>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null ? "none" : typeof value === "object" ? JSON.stringify(value) : String(value);
}
