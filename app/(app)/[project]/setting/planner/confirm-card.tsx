import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import { formatCount, formatFew } from "@/lib/core/format";
import type { PlannerPreview, PlannerReceipt } from "@/lib/planner/schema";

import { falseAlarmWords } from "@/app/(app)/[project]/setting/monitor/monitor-words";
import { monitorReasonWords } from "./planner-words";

interface ConfirmCardProps {
  slug: string;
  preview: PlannerPreview;
  /** The preview is of what is typed now. */
  settled: boolean;
  busy: boolean;
  receipt: PlannerReceipt | null;
  onConfirm: () => void;
}

/** What would be written, the question, and then what was written. */
export function ConfirmCard({ slug, preview, settled, busy, receipt, onConfirm }: ConfirmCardProps) {
  const lines = writtenLines(preview);
  return (
    <Card
      title="Put it in force"
      description="Nothing is overwritten: the versions before can be used again."
    >
      <div className="flex flex-col gap-3">
        {receipt ? <Written slug={slug} receipt={receipt} /> : null}
        {lines.length === 0 ? (
          <p className="text-sm text-muted">The plan in force is this one already.</p>
        ) : (
          <>
            <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-ink">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <div>
              <ConfirmDialog
                title={`Plan ${formatCount(preview.reviews_per_week)} reviews a week?`}
                description={
                  <ul className="flex list-disc flex-col gap-1 pl-5">
                    {lines.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                }
                confirmLabel="Put it in force"
                trigger={
                  <Button variant="primary" disabled={!settled} busy={busy}>
                    Put it in force …
                  </Button>
                }
                onConfirm={async () => onConfirm()}
              />
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

function Written({ slug, receipt }: { slug: string; receipt: PlannerReceipt }) {
  const { sampling_version: sampling, monitor_version: monitor } = receipt;
  const written = [
    ...(sampling === null ? [] : [`version ${sampling} of the sampling plan`]),
    ...(monitor === null ? [] : [`version ${monitor} of monitoring`]),
  ].join(" and ");
  return (
    <div role="status">
      <Banner
        tone="good"
        title={`${formatCount(receipt.reviews_per_week)} reviews a week are planned`}
        actions={
          <>
            {sampling === null ? null : (
              <LinkButton href={`/${slug}/setting/sampling#versions`}>Sampling plan</LinkButton>
            )}
            {monitor === null ? null : (
              <LinkButton href={`/${slug}/setting/monitor#versions`}>Monitoring</LinkButton>
            )}
          </>
        }
      >
        Written: {written}. To take it back, use the version before again.
      </Banner>
    </div>
  );
}

function writtenLines(preview: PlannerPreview): string[] {
  const { sampling, monitor, rows, goal } = preview;
  const lines: string[] = [];
  if (sampling) {
    const needs = sampling.needs.length;
    const first =
      needs === 0
        ? ""
        : `; first ${formatFew(sampling.needs.reduce((sum, need) => sum + need.reviews_per_week, 0))} for ${needs === 1 ? "1 value" : `${needs} of ${rows.length} values`} of ${goal.attribute}`;
    const by = needs > 0 || sampling.attribute === null ? "" : `, divided by ${sampling.attribute}`;
    lines.push(
      `Sampling plan, version ${preview.sampling_version + 1}: ${formatCount(sampling.reviews_per_week)} reviews a week (now ${formatCount(preview.present)})${by}${first}. It counts for what arrives from then on.`,
    );
  }
  if (monitor) {
    lines.push(
      `Monitoring, version ${preview.monitor_version + 1}: ${falseAlarmWords(monitor.accepted_per_year)}; because ${monitorReasonWords(preview)}. The detectors start from zero.`,
    );
  }
  return lines;
}
