import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatGap, formatInterval } from "@/lib/core/format";
import type { FormMark, Period, Pilot, ReleaseMark } from "@/lib/estimate/schema";

import { formNote, formsWithin } from "./chart-form";
import { type ChartIncident, incidentNote, incidentsWithin } from "./chart-incident";
import { type ChartRow, FEWEST_FOR_PERCENT } from "./chart-rows";
import type { ComparedRow } from "./with-earlier";
import { accuracyRange, accuracyText, isBounded } from "./estimate-text";
import { earlierText, stateNote } from "./chart-tooltip";

/** Its interval for one look would be looked at again and again. */
const isFilling = ({ kind }: ChartRow) => kind === "in_progress" || kind === "immature";

/** The chart's twin: every number of it, newest first, for the keyboard and for screen readers. */
export function AccuracyTable({
  rows,
  pilot,
  incidents,
  releases,
  releaseHref,
  forms,
  period,
  outputsHref,
}: {
  rows: readonly ComparedRow[];
  pilot: Pilot | null;
  incidents: readonly ChartIncident[];
  releases: readonly ReleaseMark[];
  releaseHref: (release: ReleaseMark) => string;
  forms: readonly FormMark[];
  period: Period;
  outputsHref: (row: ChartRow) => string;
}) {
  const compared = rows.some(({ earlier }) => earlier !== null);
  return (
    <Table label={`Accuracy by ${period}`} className="-mx-px">
      <TableHead>
        <tr>
          <HeaderCell>{period === "day" ? "Day" : period === "week" ? "Week" : "Month"}</HeaderCell>
          <HeaderCell numeric>Accuracy</HeaderCell>
          <HeaderCell numeric>95 % range</HeaderCell>
          <HeaderCell numeric>However often you look</HeaderCell>
          {pilot ? <HeaderCell numeric>Against the pilot</HeaderCell> : null}
          {compared ? <HeaderCell>At its place before</HeaderCell> : null}
          <HeaderCell numeric>Reviews</HeaderCell>
          <HeaderCell numeric>Outputs</HeaderCell>
          <HeaderCell>Note</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {[...rows].reverse().map((row) => {
          const shown = row.estimate && row.estimate.n >= FEWEST_FOR_PERCENT ? row.estimate : null;
          return (
            <TableRow key={row.start}>
              <Cell className="whitespace-nowrap">
                {row.kind === "empty" ? row.name : <TextLink href={outputsHref(row)}>{row.name}</TextLink>}
              </Cell>
              <Cell numeric className="font-medium">
                {shown ? accuracyText(shown) : "–"}
              </Cell>
              <Cell numeric className="whitespace-nowrap text-muted">
                {shown && !isFilling(row) ? formatInterval(accuracyRange(shown)) : "–"}
              </Cell>
              <Cell numeric className="whitespace-nowrap text-muted">
                {shown && row.always && !isBounded(shown) ? formatInterval(row.always) : "–"}
              </Cell>
              {pilot ? (
                <Cell numeric className="whitespace-nowrap text-muted">
                  {shown && row.gap && !isBounded(shown) ? formatGap(row.gap) : "–"}
                </Cell>
              ) : null}
              {compared ? (
                <Cell className="min-w-40 text-muted">
                  {row.earlier ? `${row.earlier.name}: ${earlierText(row.earlier)}` : "–"}
                </Cell>
              ) : null}
              <Cell numeric>{formatCount(row.reviews)}</Cell>
              <Cell numeric className="text-muted">
                {formatCount(Math.round(row.population))}
              </Cell>
              <Cell className="min-w-40 text-muted">
                {stateNote(row) ?? ""}
                {releases
                  .filter(({ day }) => day >= row.start && day <= row.end)
                  .map((mark) => (
                    <TextLink key={mark.id} href={releaseHref(mark)} className="block py-0.5">
                      {mark.model_name} {mark.model_version} went live
                    </TextLink>
                  ))}
                {formsWithin(forms, row).map((mark) => (
                  <span key={mark.version} className="block">
                    {formNote(mark)}.
                  </span>
                ))}
                {incidentsWithin(incidents, row).map(({ mark, href }) => (
                  <TextLink key={mark.id} href={href} className="block">
                    {incidentNote(mark)}
                  </TextLink>
                ))}
              </Cell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
