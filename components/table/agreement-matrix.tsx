import { cn } from "@/components/ui/class-names";
import { HeaderCell, Table } from "@/components/ui/table";
import { formatDecimal, formatInterval, formatPercent } from "@/lib/core/format";
import type { ReviewerPair } from "@/lib/review/people-schema";

/** From so much on two people agree well, and below so much they do not. */
const GOOD = 0.95;
const POOR = 0.85;

/** How often every two people came to the same verdict: the number, its base, and a colour that repeats it. */
export function AgreementMatrix({
  people,
  pairs,
}: {
  people: readonly { reviewer_id: string; name: string }[];
  pairs: readonly ReviewerPair[];
}) {
  const pairOf = (a: string, b: string) =>
    pairs.find(({ first, second }) => (first === a && second === b) || (first === b && second === a));
  return (
    <Table label="Agreement between people" className="w-auto">
      <thead>
        <tr>
          <HeaderCell>
            <span className="sr-only">Person</span>
          </HeaderCell>
          {people.map(({ reviewer_id, name }) => (
            <HeaderCell key={reviewer_id} className="max-w-24 truncate text-center" title={name}>
              {name}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((row) => (
          <tr key={row.reviewer_id}>
            <th scope="row" className="max-w-40 truncate px-4 text-left text-sm font-medium text-ink">
              {row.name}
            </th>
            {people.map((column) => (
              <td key={column.reviewer_id} className="p-0.5 text-center">
                {row === column ? (
                  <span className="text-subtle">·</span>
                ) : (
                  <PairCell pair={pairOf(row.reviewer_id, column.reviewer_id)} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function PairCell({ pair }: { pair: ReviewerPair | undefined }) {
  const box = "flex h-12 min-w-20 flex-col items-center justify-center rounded-sm border px-2 tabular";
  if (!pair) return <span className={cn(box, "border-line text-subtle")}>–</span>;
  const { same, kappa, too_few } = pair;
  const count = `${Math.round(same.mean * same.n)} of ${same.n}`;
  if (too_few) return <span className={cn(box, "border-line text-xs text-subtle")}>{count}</span>;
  const tone =
    same.mean >= GOOD
      ? "border-good-line bg-good-soft text-good-ink"
      : same.mean < POOR
        ? "border-warn-line bg-warn-soft text-warn-ink"
        : "border-line bg-sunken text-ink";
  const beyondChance = kappa ? `, kappa ${formatDecimal(kappa.value, 2)}` : "";
  return (
    <span className={cn(box, tone)} title={`${formatInterval(same)}${beyondChance}`}>
      <span className="font-medium">{formatPercent(same.mean, 0)}</span>
      <span className="text-xs">{count}</span>
    </span>
  );
}
