import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { dayRange } from "@/components/chart/calendar-day";
import { mixRateSentence } from "@/components/chart/mix-rate-sentence";
import { versionSentence } from "@/components/chart/version-words";
import { hiddenRows, MixRateTable } from "@/components/table/mix-rate-table";
import { VersionSegmentTable, VersionTable } from "@/components/table/version-table";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatRough } from "@/lib/core/format";
import type { ComparedVersion, VersionComparison } from "@/lib/estimate/version-schema";

import { AttributeControl } from "./compare-controls";

/** What was found about two versions, the sentence first. */
export function Comparison({
  slug,
  comparison,
  asOf,
}: {
  slug: string;
  comparison: VersionComparison;
  /** When it was made; null: just now. */
  asOf: string | null;
}) {
  const { earlier, later, from, to, split, attributes, segments } = comparison;
  const { headline, notes } = versionSentence(comparison);
  const outputs = (version: string) =>
    outputAddress(slug, { version, from, to, phase: "production", state: "counted" });
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <p className="text-lg font-medium text-ink text-pretty">{headline}</p>
        {notes.length > 0 ? (
          <p className="mt-1 max-w-4xl text-sm text-muted text-pretty">{notes.join(" ")}</p>
        ) : null}
      </Card>
      <Card
        flush
        title="Both versions"
        description={`${[earlier, later].map(basis).join("; ")}${asOf ? `. As of ${asOf}` : ""}`}
        actions={[earlier, later]
          .filter(({ estimate }) => estimate !== null)
          .map(({ version }) => (
            <LinkButton key={version} size="sm" href={outputs(version)}>
              Outputs of {version}
            </LinkButton>
          ))}
      >
        <VersionTable comparison={comparison} />
      </Card>
      {split ? (
        <>
          <Card
            flush
            title={`By ${split.attribute}`}
            description="Each value for itself; a difference that is not clear stays grey."
            actions={
              <AttributeControl
                attributes={attributes.map(({ attribute }) => attribute)}
                current={split.attribute}
              />
            }
          >
            <VersionSegmentTable
              segments={segments}
              names={{ earlier: earlier.version, later: later.version }}
              attribute={split.attribute}
              outputsHref={(version, value) =>
                outputAddress(slug, {
                  version,
                  from,
                  to,
                  segment: [`${split.attribute}=${value}`],
                  phase: "production",
                  state: "counted",
                })
              }
            />
          </Card>
          <WhereFrom comparison={comparison} />
        </>
      ) : null}
    </div>
  );
}

/** Traffic or model: the same decomposition as between two periods. */
function WhereFrom({ comparison }: { comparison: VersionComparison }) {
  const { earlier, later, from, to, split, difference: gap, attributes } = comparison;
  if (!split) return null;
  const side = ({ estimate }: ComparedVersion) => ({
    kind: "production" as const,
    from,
    to,
    frozen: false,
    estimate,
  });
  const words = mixRateSentence({ gap, split, attributes, before: side(earlier), after: side(later) });
  const hidden = hiddenRows(split);
  return (
    <Card
      flush
      title="Traffic or model?"
      description={`What ${later.version} has other than ${earlier.version}, by ${split.attribute}`}
      footer={hidden > 0 ? `${hidden} values with small contributions are not listed.` : null}
    >
      <div className="px-4 pb-3">
        <p className="text-lg font-medium text-ink text-pretty">{words.headline}</p>
        <p className="mt-1 max-w-4xl text-sm text-muted text-pretty">
          {words.notes.join(" ")} How the traffic is divided is estimated from the reviewed outputs; the
          ranges allow for that.
        </p>
      </div>
      <MixRateTable split={split} />
    </Card>
  );
}

/** "2.4: 3 Sep to 8 Oct 2026, about 5,200 outputs" */
function basis({ version, first, last, traffic }: ComparedVersion): string {
  if (first === null || last === null) return `${version}: nothing reviewed`;
  return `${version}: ${dayRange(first, last)}, about ${formatRough(traffic)} outputs`;
}
