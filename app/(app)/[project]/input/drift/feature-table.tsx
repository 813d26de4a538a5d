import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDay, formatDecimal } from "@/lib/core/format";
import type { ShownFeature } from "@/lib/drift/schema";

/** Every watched field, the most moved first. */
export function FeatureTable({
  features,
  hrefOf,
}: {
  features: readonly ShownFeature[];
  hrefOf: (feature: string) => string;
}) {
  return (
    <Table label="All fields beside the pilot">
      <TableHead>
        <tr>
          <HeaderCell>Field</HeaderCell>
          <HeaderCell>What is seen</HeaderCell>
          <HeaderCell numeric title="Population stability index over the shown days">
            Size
          </HeaderCell>
          <HeaderCell numeric title="What the size is on average without any change">
            By chance
          </HeaderCell>
          <HeaderCell>State</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {features.map((feature) => (
          <TableRow key={feature.name}>
            <Cell className="max-w-56 break-words">
              <TextLink href={hrefOf(feature.name)}>
                <bdi>{feature.label}</bdi>
              </TextLink>
            </Cell>
            <Cell className="min-w-60 text-muted">
              {feature.sentence ?? `Not enough data (${formatCount(feature.outputs)} of 50)`}
            </Cell>
            <Cell numeric>{feature.index === null ? "–" : formatDecimal(feature.index, 2)}</Cell>
            <Cell numeric className="text-subtle">
              {feature.noiseFloor === null ? "–" : formatDecimal(feature.noiseFloor, 2)}
            </Cell>
            <Cell className="whitespace-nowrap">
              {feature.movedSince ? (
                <Badge tone="warn">moved since {formatDay(feature.movedSince, { year: false })}</Badge>
              ) : (
                <span className="text-subtle">
                  {feature.index === null ? "not known yet" : "as in the pilot"}
                </span>
              )}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
