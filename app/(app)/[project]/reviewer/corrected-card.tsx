import { correctedWords } from "@/components/chart/corrected-words";
import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { formatInterval, formatPercent } from "@/lib/core/format";
import type { AccuracySeries } from "@/lib/estimate/schema";

/** What reviewers' errors do to the current number. */
export function CorrectedCard({ slug, now }: { slug: string; now: NonNullable<AccuracySeries["now"]> }) {
  const { corrected, estimate } = now;
  const range = (interval: { mean: number; low: number; high: number } | null) =>
    interval ? `${formatPercent(interval.mean)} (${formatInterval(interval)})` : "–";
  return (
    <Card title="What reviewers' errors do to accuracy">
      <p className="max-w-3xl text-sm text-ink text-pretty">{correctedWords(corrected)}</p>
      <div className="mt-3">
        <DescriptionList
          items={[
            {
              term: "As reviewed",
              detail: `${accuracyText(estimate)} (${formatInterval(accuracyRange(estimate))})`,
            },
            { term: "Without their errors", detail: range(corrected.accuracy) },
            { term: "Errors found", detail: range(corrected.sensitivity) },
            { term: "Right accepted", detail: range(corrected.specificity) },
            {
              term: "Known items",
              detail: `${corrected.gold.n} judged in half a year up to last week: ${corrected.gold.wrong} wrong, ${corrected.gold.right} right`,
            },
          ]}
        />
      </div>
      {corrected.reason === "not_enough_gold" ? (
        <p className="mt-3 text-sm">
          <TextLink href={`/${slug}/setting/review`}>Make more known items</TextLink>
        </p>
      ) : null}
    </Card>
  );
}
