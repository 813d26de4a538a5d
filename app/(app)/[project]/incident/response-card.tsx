import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";
import type { ResponseTimes, Waits } from "@/lib/incident/response-times";

import { responseWords } from "./response-words";

const HEADS = ["Within an hour", "8 hours", "a day", "a week", "Later", "Not yet"];

/** How fast people take incidents up and bring them to an end: a sentence, and the counts behind it. */
export function ResponseCard({ times }: { times: ResponseTimes }) {
  const words = responseWords(times);
  if (words === null) return null;
  return (
    <Card flush title="How long incidents wait">
      <p className="max-w-3xl px-4 pb-3 text-sm text-muted text-pretty">{words}</p>
      <Table label="How long incidents wait">
        <TableHead>
          <tr>
            <HeaderCell>Incidents</HeaderCell>
            {HEADS.map((head) => (
              <HeaderCell key={head} numeric>
                {head}
              </HeaderCell>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          <Row name="Taken up by somebody" waits={times.taken} of={times.incidents} />
          <Row name="Over" waits={times.resolved} of={times.incidents} />
        </TableBody>
      </Table>
    </Card>
  );
}

function Row({ name, waits, of }: { name: string; waits: Waits; of: number }) {
  return (
    <TableRow>
      <Cell className="whitespace-nowrap text-ink">{name}</Cell>
      {[...waits.within, waits.later, waits.notYet].map((count, at) => (
        <Cell key={HEADS[at]} numeric className="tabular">
          <span className="flex flex-col items-end gap-1">
            <span className={count === 0 ? "text-subtle" : "text-ink"}>{formatCount(count)}</span>
            <span aria-hidden="true" className="h-1 w-full max-w-16 overflow-hidden rounded-full bg-sunken">
              <span
                className="ml-auto block h-full rounded-full bg-accent"
                style={{ width: `${(100 * count) / of}%` }}
              />
            </span>
          </span>
        </Cell>
      ))}
    </TableRow>
  );
}
