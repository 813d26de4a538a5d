import { Card, Stat } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatFew, formatInterval, formatPercent, formatSegmentValue } from "@/lib/core/format";
import type { PlanPreview, PlanSettings, PreviewRow } from "@/lib/sampling/schema";

interface PlanMeaningProps {
  settings: PlanSettings;
  preview: PlanPreview;
  problem: string | null;
  pending: boolean;
  changed: boolean;
}

/** The plan in reviews a week: for all outputs and for each value that it divides by. */
export function PlanMeaning({ settings, preview, problem, pending, changed }: PlanMeaningProps) {
  const { overall, rows, days } = preview;
  const hasFlagged = overall.flagged_outputs_per_week > 0;
  return (
    <Card
      flush
      title={changed ? "What this change would mean" : "What this plan means"}
      description={basis(days)}
      footer={
        rows.length > 0
          ? "The ranges assume that accuracy stays as it is; a smaller change than their width cannot be told from chance."
          : null
      }
    >
      <div
        aria-live="polite"
        aria-busy={pending}
        className={cn("transition-opacity", pending && "opacity-60")}
      >
        {problem ? <p className="px-4 pb-3 text-sm text-alarm-ink">{problem}</p> : null}
        <div className="grid grid-cols-2 gap-4 px-4 pb-4 sm:grid-cols-3">
          <Stat
            label="Outputs reviewed"
            value={formatCount(overall.reviews_per_week)}
            detail={`a week, of ${formatCount(overall.outputs_per_week)}`}
          />
          <Stat
            label="Second looks"
            value={formatCount(preview.second_looks_per_week)}
            detail="a week, beside the first"
          />
          <Stat
            label="A week would show"
            value={overall.week_range ? formatInterval(overall.week_range) : "–"}
            detail={`at an accuracy of ${formatPercent(overall.expected_accuracy, 0)}`}
          />
        </div>
        <Remarks settings={settings} preview={preview} hasFlagged={hasFlagged} />
        {rows.length > 0 && settings.attribute !== null ? (
          <MeaningTable attribute={settings.attribute} rows={rows} hasFlagged={hasFlagged} />
        ) : null}
      </div>
    </Card>
  );
}

function basis(days: number): string {
  if (days === 0) return "No outputs have come yet, so this rests on the number expected.";
  return days === 1
    ? "For traffic like that of the day seen so far."
    : `For traffic like that of the last ${days} days.`;
}

function Remarks({
  settings,
  preview,
  hasFlagged,
}: Pick<PlanMeaningProps, "settings" | "preview"> & { hasFlagged: boolean }) {
  const { overall, rows, unused_per_week: unused } = preview;
  const unseen = rows.filter((row) => row.reviews_per_week < 1).length;
  const thin = rows.filter((row) => row.reviews_per_week >= 1 && row.reviews_per_week < 5).length;
  const sentences = [
    unused >= 1 && unused > settings.reviews_per_week * 0.02
      ? `There are not enough outputs for ${formatCount(unused)} of the ${formatCount(settings.reviews_per_week)} reviews.`
      : null,
    hasFlagged
      ? `${formatCount(overall.flagged_reviews_per_week)} of the reviewed outputs would be flagged ones (${formatCount(overall.flagged_outputs_per_week)} of all a week are).`
      : null,
    thin > 0 ? `${count(thin)} fewer than five reviews a week: look at whole months there.` : null,
    unseen > 0 ? `${count(unseen)} less than one review a week.` : null,
  ].filter((sentence) => sentence !== null);
  if (sentences.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 px-4 pb-4 text-sm text-muted">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function count(values: number): string {
  return values === 1 ? "One value would get" : `${values} values would get`;
}

function MeaningTable({
  attribute,
  rows,
  hasFlagged,
}: {
  attribute: string;
  rows: readonly PreviewRow[];
  hasFlagged: boolean;
}) {
  return (
    <Table label={`Reviews a week for each value of ${attribute}`}>
      <TableHead>
        <tr>
          <HeaderCell>{attribute}</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Outputs a week
          </HeaderCell>
          <HeaderCell numeric>Reviews a week</HeaderCell>
          {hasFlagged ? (
            <HeaderCell numeric className="hidden md:table-cell">
              Of them flagged
            </HeaderCell>
          ) : null}
          <HeaderCell numeric>A week would show</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            A month
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.value}>
            <Cell className="max-w-48 truncate font-medium" title={row.value}>
              {valueName(row.value)}
            </Cell>
            <Cell numeric className="hidden text-muted sm:table-cell">
              {formatFew(row.outputs_per_week)}
            </Cell>
            <Cell numeric>{formatFew(row.reviews_per_week)}</Cell>
            {hasFlagged ? (
              <Cell numeric className="hidden text-muted md:table-cell">
                {formatFew(row.flagged_reviews_per_week)}
              </Cell>
            ) : null}
            <Cell numeric className="whitespace-nowrap text-muted">
              {row.week_range && row.reviews_per_week >= 5 ? formatInterval(row.week_range) : "too few"}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted sm:table-cell">
              {row.month_range ? formatInterval(row.month_range) : "too few"}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function valueName(value: string): string {
  return value === "" ? "(without it)" : formatSegmentValue(value);
}
