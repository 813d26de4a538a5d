import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatInstant } from "@/lib/core/format";
import type { ReviewerDetail } from "@/lib/review/people-schema";

type Verdict = "CORRECT" | "INCORRECT";

/** Known items that a person judged otherwise than expected. */
export function MissTable({
  slug,
  timeZone,
  misses,
}: {
  slug: string;
  timeZone: string;
  misses: NonNullable<ReviewerDetail["misses"]>;
}) {
  return (
    <Table label="Known items judged otherwise than expected">
      <TableHead>
        <tr>
          <HeaderCell>Item</HeaderCell>
          <HeaderCell>Expected</HeaderCell>
          <HeaderCell>Said</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            When
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {misses.map((miss) => (
          <TableRow key={`${miss.output_id} ${miss.submitted_at}`}>
            <Cell>
              <ItemLink slug={slug} item={miss} />
              {miss.seeded_fields.length > 0 ? (
                <span className="block text-xs text-subtle">
                  Error put into {miss.seeded_fields.join(", ")}
                </span>
              ) : null}
            </Cell>
            <Cell>
              <VerdictBadge verdict={miss.expected} />
            </Cell>
            <Cell>
              <VerdictBadge verdict={miss.expected === "CORRECT" ? "INCORRECT" : "CORRECT"} />
            </Cell>
            <Cell numeric className="hidden text-muted sm:table-cell">
              {formatInstant(miss.submitted_at, timeZone)}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Own old items on which a person changed their mind. */
export function ChangedTable({
  slug,
  timeZone,
  changed,
}: {
  slug: string;
  timeZone: string;
  changed: ReviewerDetail["changed"];
}) {
  return (
    <Table label="Own old items judged otherwise than before">
      <TableHead>
        <tr>
          <HeaderCell>Item</HeaderCell>
          <HeaderCell>First</HeaderCell>
          <HeaderCell>Again</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {changed.map((item) => (
          <TableRow key={`${item.output_id} ${item.submitted_at}`}>
            <Cell>
              <ItemLink slug={slug} item={item} />
            </Cell>
            <Cell>
              <VerdictBadge verdict={item.first} />
              <Time instant={item.first_at} timeZone={timeZone} />
            </Cell>
            <Cell>
              <VerdictBadge verdict={item.again} />
              <Time instant={item.submitted_at} timeZone={timeZone} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ItemLink({ slug, item }: { slug: string; item: { output_id: string; reference: string } }) {
  return (
    <TextLink
      href={`/${slug}/output/${item.output_id}`}
      className="block max-w-56 truncate font-mono text-xs"
    >
      {item.reference}
    </TextLink>
  );
}

function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return verdict === "CORRECT" ? <Badge tone="good">Right</Badge> : <Badge tone="alarm">Wrong</Badge>;
}

function Time({ instant, timeZone }: { instant: string; timeZone: string }) {
  return (
    <span className="mt-0.5 hidden text-xs text-subtle sm:block">{formatInstant(instant, timeZone)}</span>
  );
}
