import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount, formatDay } from "@/lib/core/format";
import type { DriftView } from "@/lib/drift/schema";

/** Outputs unlike any of the pilot, with what makes them so. */
export function UnusualCard({ slug, unusual }: { slug: string; unusual: DriftView["unusual"] }) {
  const { on, holds, sentence, marked, outputs } = unusual;
  return (
    <Card
      title="Unusual outputs"
      description={on ? `${formatCount(marked)} in these days. ${holds ? sentence : ""}` : "Not scored."}
      flush
      {...(outputs.length > 0 && marked > outputs.length
        ? { footer: `The ${outputs.length} newest of ${formatCount(marked)}.` }
        : {})}
    >
      {holds && on ? null : (
        <div className="px-4 pb-4">
          <Banner tone={on ? "warn" : "info"}>{sentence}</Banner>
        </div>
      )}
      {on && outputs.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">
          None of the outputs of these days is far from what the pilot had.
        </p>
      ) : null}
      <ul className="divide-y divide-line">
        {outputs.map((output) => (
          <li key={output.outputId} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <span className="w-28 shrink-0 text-muted tabular">{formatDay(output.day)}</span>
            <span className="min-w-0 flex-1 basis-60 break-words">
              <TextLink href={`/${slug}/output/${output.outputId}`}>
                <bdi>{output.reference}</bdi>
              </TextLink>
              <span className="text-muted">
                {output.contributions.map(({ label, observed }) => (
                  <span key={label} className="block">
                    <bdi className="text-ink">{label}</bdi>
                    {observed === null ? null : (
                      <>
                        : <bdi>{observed}</bdi>
                      </>
                    )}
                  </span>
                ))}
              </span>
            </span>
            <span className="text-xs text-subtle tabular">
              as far out in the pilot: 1 in {formatCount(output.oneIn)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
