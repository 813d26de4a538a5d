import { IntervalWhisker } from "@/components/chart/interval-whisker";
import { Sparkline } from "@/components/chart/sparkline";
import { Card, DescriptionList, Stat } from "@/components/ui/card";
import { Explain } from "@/components/ui/explain";
import { Cell, HeaderCell, Table, TableBody, TableHead } from "@/components/ui/table";
import { formatCount, formatInterval, formatPercent } from "@/lib/core/format";

import type { SampleSegment } from "./sample-data";

/** Numbers with what they rest on; tables that keep to their box. */
export function DataSamples({ segments }: { segments: readonly SampleSegment[] }) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card title="Segments" description="Made-up numbers" flush>
        <Table label="Sample of segments">
          <TableHead>
            <tr>
              <HeaderCell>Segment</HeaderCell>
              <HeaderCell>Trend</HeaderCell>
              <HeaderCell>Range</HeaderCell>
              <HeaderCell numeric>Accuracy</HeaderCell>
              <HeaderCell numeric>Reviews</HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {segments.map(({ name, estimate, pilot, reviews, spark }) => (
              <tr key={name}>
                <Cell>{name}</Cell>
                <Cell>
                  <Sparkline points={spark} min={0.7} max={1} pilot={pilot} />
                </Cell>
                <Cell>
                  <IntervalWhisker estimate={estimate} pilot={pilot} min={0.6} max={1} />
                </Cell>
                <Cell numeric>
                  {formatPercent(estimate.mean)}
                  <span className="block text-xs text-subtle">{formatInterval(estimate)}</span>
                </Cell>
                <Cell numeric>{formatCount(reviews)}</Cell>
              </tr>
            ))}
          </TableBody>
        </Table>
      </Card>
      <Card title="Numbers">
        <div className="flex flex-col gap-5">
          <Stat label="Accuracy last week" value="86.3 %" detail="78 to 92 %, 122 reviews" />
          <DescriptionList
            items={[
              { term: "Version", detail: "mail-sorter 2.4" },
              {
                term: "Stands for",
                detail: (
                  <>
                    4 outputs <Explain of="Stands for">How many outputs this review speaks for.</Explain>
                  </>
                ),
              },
            ]}
          />
        </div>
      </Card>
    </div>
  );
}
