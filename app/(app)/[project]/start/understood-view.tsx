import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import type { PlaceUse, Understood } from "@/lib/start/schema";

const USES: Record<PlaceUse, { label: string; tone: "accent" | "neutral" }> = {
  answered: { label: "what it answered", tone: "accent" },
  given: { label: "what it was given", tone: "neutral" },
  segment: { label: "segment", tone: "neutral" },
  about: { label: "about the output", tone: "neutral" },
};

/** What a few pasted records say, and how little that is. */
export function UnderstoodView({ understood }: { understood: Understood }) {
  const {
    records,
    left_out: leftOut,
    places,
    questions,
    could_be_segments: segments,
    rules,
    notes,
  } = understood;
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-muted">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>
          {questions.length > 0
            ? `Reviewers can be asked: ${questions.join(", ")}.`
            : "Nothing in the output can be asked as a question yet; you can write the form yourself."}
        </li>
        {segments.length > 0 ? (
          <li>
            {segments.join(", ")}: could be sent as segments too, if accuracy may differ between their values.
          </li>
        ) : null}
        <li>
          {rules} rules of a contract are drafted. They only watch; proper rules are read off your pilot, from
          30 outputs on.
        </li>
        {leftOut > 0 ? <li>{leftOut} more records were not looked at.</li> : null}
      </ul>
      <div className="overflow-hidden rounded-lg border border-line">
        <Table label="What is in the pasted records">
          <TableHead>
            <tr>
              <HeaderCell>Place</HeaderCell>
              <HeaderCell>Taken as</HeaderCell>
              <HeaderCell className="hidden sm:table-cell">Example</HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {places.map(({ path, use, type, example, records: found }) => (
              <TableRow key={path}>
                <Cell className="font-mono text-xs [overflow-wrap:anywhere]">{path}</Cell>
                <Cell>
                  <Badge tone={USES[use].tone}>{USES[use].label}</Badge>
                  <span className="mt-0.5 block text-xs text-subtle">
                    {type}
                    {found < records ? `, in ${found} of ${records}` : ""}
                  </span>
                </Cell>
                <Cell className="hidden max-w-80 truncate text-muted sm:table-cell">
                  <bdi>{example}</bdi>
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </div>
  );
}
