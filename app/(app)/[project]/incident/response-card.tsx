import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";
import type { ResponseTimes, Waits } from "@/lib/incident/response-times";

import { responseWords } from "./response-words";

const ROWS = [
  "Within an hour",
  "1 to 8 hours",
  "8 hours to a day",
  "A day to a week",
  "Longer than a week",
  "Not yet",
];

/** How fast people take incidents up and bring them to an end: a sentence, and the counts behind it. */
export function ResponseCard({ times }: { times: ResponseTimes }) {
  const words = responseWords(times);
  if (words === null) return null;
  const [taken, resolved] = [countsOf(times.taken), countsOf(times.resolved)];
  return (
    <Card flush title="How long incidents wait" className="max-w-3xl">
      <p className="px-4 pb-3 text-sm text-muted text-pretty">{words}</p>
      <Table label="How long incidents wait">
        <TableHead>
          <tr>
            <HeaderCell>Wait</HeaderCell>
            <HeaderCell>Until taken up</HeaderCell>
            <HeaderCell>Until over</HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {ROWS.map((name, at) => (
            <TableRow key={name}>
              <Cell className="whitespace-nowrap text-muted">{name}</Cell>
              <Counted count={taken[at] ?? 0} of={times.incidents} />
              <Counted count={resolved[at] ?? 0} of={times.incidents} />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function countsOf({ within, later, notYet }: Waits): number[] {
  return [...within, later, notYet];
}

function Counted({ count, of }: { count: number; of: number }) {
  return (
    <Cell>
      <span className="flex items-center gap-2 tabular">
        <span className={cn("w-7 text-right", count === 0 ? "text-subtle" : "text-ink")}>
          {formatCount(count)}
        </span>
        <span aria-hidden="true" className="h-1.5 w-9 sm:w-40">
          <span className="block h-full rounded-full bg-accent" style={{ width: `${(100 * count) / of}%` }} />
        </span>
      </span>
    </Cell>
  );
}
