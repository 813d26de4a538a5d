import { TextLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatInstant } from "@/lib/core/format";
import { detailText } from "./audit-detail";

export interface AuditLine {
  seq: string;
  at: Date;
  actor: string;
  /** What happened, as a sentence. */
  sentence: string;
  object_id: string | null;
  object_name: string | null;
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
            <HeaderCell className="hidden sm:table-cell">When ({timeZone})</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Who</HeaderCell>
            <HeaderCell>What</HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {lines.map((line) => (
            <TableRow key={line.seq}>
              <Cell className="hidden align-top whitespace-nowrap text-muted tabular sm:table-cell">
                {formatInstant(line.at, timeZone)}
              </Cell>
              <Cell className="hidden align-top whitespace-nowrap sm:table-cell">{line.actor}</Cell>
              <Cell className="w-full align-top">
                <div>
                  {line.sentence}
                  {line.object_name && line.object_name !== line.actor ? (
                    <span className="text-muted">: {line.object_name}</span>
                  ) : null}
                </div>
                <AuditDetails line={line} timeZone={timeZone} />
                <div className="text-xs text-subtle tabular sm:hidden">
                  {line.actor}, {formatInstant(line.at, timeZone)}
                </div>
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

function AuditDetails({ line, timeZone }: { line: AuditLine; timeZone: string }) {
  const parts = Object.entries(line.details)
    .filter(([name, value]) => value !== null && !name.endsWith("_id"))
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${detailText(name, value, timeZone)}`);
  if (parts.length === 0) return null;
  return <div className="text-xs break-words text-subtle">{parts.join(" · ")}</div>;
}
