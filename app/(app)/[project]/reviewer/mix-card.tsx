import { IntervalWhisker } from "@/components/chart/interval-whisker";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDay, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import type { ReviewerMix } from "@/lib/estimate/measurement-schema";

import { mixWords } from "./measurement-words";

/** Whether a change of who reviews looks like a change of the model. */
export function MixCard({ mix }: { mix: ReviewerMix }) {
  const lows = mix.weeks.map((week) => Math.min(week.plain, week.adjusted?.low ?? 1));
  const scale = { min: Math.max(0, Math.floor(Math.min(...lows, 1) * 20) / 20), max: 1 };
  return (
    <Card flush title="Does it matter who reviewed?">
      <p className="max-w-3xl px-4 pb-4 text-sm text-ink text-pretty">{mixWords(mix)}</p>
      {mix.people > 1 ? (
        <details open={mix.weeks.some(({ told }) => told)} className="border-t border-line">
          <summary className="cursor-pointer px-4 py-2.5 text-sm font-medium text-ink">Week by week</summary>
          <Table label="Accuracy by week, as reviewed and with the usual people">
            <TableHead>
              <tr>
                <HeaderCell>Week of</HeaderCell>
                <HeaderCell numeric>As reviewed</HeaderCell>
                <HeaderCell numeric>With the usual people</HeaderCell>
                <HeaderCell className="hidden md:table-cell">
                  <span className="sr-only">As a picture</span>
                </HeaderCell>
                <HeaderCell numeric>Difference</HeaderCell>
                <HeaderCell numeric className="hidden sm:table-cell">
                  Reviews
                </HeaderCell>
              </tr>
            </TableHead>
            <TableBody>
              {[...mix.weeks].reverse().map((week) => (
                <TableRow key={week.start}>
                  <Cell className="whitespace-nowrap">{formatDay(week.start)}</Cell>
                  <Cell numeric>{formatPercent(week.plain)}</Cell>
                  <Cell numeric>
                    {week.adjusted ? (
                      <>
                        <span className="block">{formatPercent(week.adjusted.mean)}</span>
                        <span className="block text-xs whitespace-nowrap text-subtle">
                          {formatInterval(week.adjusted)}
                        </span>
                      </>
                    ) : (
                      <span className="text-xs text-subtle">others reviewed</span>
                    )}
                  </Cell>
                  <Cell className="hidden md:table-cell">
                    <IntervalWhisker estimate={week.adjusted} pilot={week.plain} {...scale} />
                  </Cell>
                  <Cell numeric className={week.told ? "font-medium" : "text-muted"}>
                    <span className="whitespace-nowrap">
                      {week.mix_effect ? formatPoints(week.mix_effect.mean) : "–"}
                    </span>
                    {week.told ? (
                      <Badge tone="warn" className="ml-2">
                        by who reviewed
                      </Badge>
                    ) : null}
                  </Cell>
                  <Cell numeric className="hidden text-muted sm:table-cell">
                    {formatCount(week.n)}
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </details>
      ) : null}
    </Card>
  );
}
