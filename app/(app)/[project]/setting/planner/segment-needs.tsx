import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import {
  formatDecimal,
  formatDrop,
  formatFew,
  formatPercent,
  formatRough,
  formatSegmentValue,
} from "@/lib/core/format";
import type { PlannedSegment, PlannerPreview } from "@/lib/planner/schema";

import { verdictWords } from "./planner-words";

interface SegmentNeedsProps {
  preview: PlannerPreview;
  leftOut: readonly string[];
  onLeaveOut: (value: string, out: boolean) => void;
}

/** What each value needs, gets, and would find with it. */
export function SegmentNeeds({ preview, leftOut, onLeaveOut }: SegmentNeedsProps) {
  const { goal, overall, rows } = preview;
  const choosable = rows.length > 1;
  return (
    <Table
      label={`Reviews a week ${goal.attribute ? `for each value of ${goal.attribute}` : "over all outputs"}`}
    >
      <TableHead>
        <tr>
          <HeaderCell>{goal.attribute ?? "Outputs"}</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Outputs
          </HeaderCell>
          <HeaderCell numeric>Needs</HeaderCell>
          <HeaderCell numeric>Gets</HeaderCell>
          <HeaderCell numeric>Finds</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        <NeedRow segment={overall} name="All outputs" />
        {rows.map((row) => (
          <NeedRow
            key={row.value}
            segment={row}
            name={valueName(row.value)}
            choice={
              choosable && row.verdict !== "not_watched"
                ? { on: !leftOut.includes(row.value), set: (on) => onLeaveOut(row.value, !on) }
                : null
            }
          />
        ))}
      </TableBody>
    </Table>
  );
}

function NeedRow({
  segment,
  name,
  choice = null,
}: {
  segment: PlannedSegment;
  name: string;
  choice?: { on: boolean; set: (on: boolean) => void } | null;
}) {
  const { detection, design_effect: effect, needed_per_week: needed, finds, verdict } = segment;
  const words = verdictWords(segment);
  return (
    <TableRow>
      <Cell className="max-w-44 font-medium sm:max-w-64">
        <span className="flex items-start gap-2">
          {choice ? (
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              aria-label={`${name} counts`}
              checked={choice.on}
              onChange={(event) => choice.set(event.target.checked)}
            />
          ) : null}
          <span className="min-w-0">
            <span className="block truncate" title={name}>
              {name}
            </span>
            <span className="block text-xs font-normal text-pretty text-subtle">
              {words === "" ? `boundary ${formatPercent(segment.boundary)}` : words}
            </span>
          </span>
        </span>
      </Cell>
      <Cell numeric className="hidden text-muted sm:table-cell">
        {formatFew(segment.outputs_per_week)}
      </Cell>
      <Cell numeric className="whitespace-nowrap text-muted">
        {needed === null ? "–" : formatFew(needed)}
        {detection ? (
          <span className="hidden text-xs text-subtle sm:block">
            {formatRough(detection.mean)} on average, {formatRough(detection.in80)} in 4 of 5
            {effect >= 1.05 ? `, × ${formatDecimal(effect, 1)}` : ""}
          </span>
        ) : null}
      </Cell>
      <Cell numeric className="font-medium">
        {formatFew(segment.reviews_per_week)}
      </Cell>
      <Cell numeric className={verdict === "found" ? "whitespace-nowrap" : "whitespace-nowrap text-muted"}>
        {finds === null ? "nothing" : formatDrop(finds)}
      </Cell>
    </TableRow>
  );
}

function valueName(value: string): string {
  return value === "" ? "(without it)" : formatSegmentValue(value);
}
