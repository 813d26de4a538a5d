import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import type { BreakerJson } from "@/lib/contract/breaker-schema";
import { formatPercent } from "@/lib/core/format";

/** Said before everything else on pages about what comes in: so many records break a rule that it is the rule, or the sender. */
export function BreakerBanner({
  slug,
  breakers,
  sentences,
  isUnreadable,
  moment,
}: {
  slug: string;
  breakers: readonly BreakerJson[];
  sentences: Readonly<Record<string, string>>;
  /** Whether a record with this reason cannot be taken whatever the contract says. */
  isUnreadable: (code: string) => boolean;
  moment: (at: string) => string;
}) {
  const told = ({ id, incident }: BreakerJson) => incident ?? id;
  const firsts = breakers.filter((each, at) => breakers.findIndex((one) => told(one) === told(each)) === at);
  return firsts.map((first) => (
    <Banner
      key={first.id}
      tone="alarm"
      title={`Broken in mass since about ${moment(first.since)}`}
      actions={
        first.incident ? (
          <LinkButton size="sm" href={`/${slug}/incident/${first.incident}`}>
            What to do
          </LinkButton>
        ) : null
      }
    >
      {breakers
        .filter((each) => told(each) === told(first))
        .map(
          (each) =>
            `${sentences[each.code] ?? each.code} ${nowWords(each)} ${followsWords(each, isUnreadable(each.code))}`,
        )
        .join(" ")}
    </Banner>
  ));
}

/** "82 % of the newest 1,200 records." */
export function nowWords({ now, hits, records }: BreakerJson): string {
  const of = now ?? { hits, records };
  return `So it is for ${formatPercent(of.hits / Math.max(1, of.records), 0)} of the newest records.`;
}

function followsWords({ holding }: BreakerJson, unreadable: boolean): string {
  if (unreadable) return "They cannot be taken as they are: they are kept in quarantine.";
  return holding
    ? "They are held back all the same, as a person decided."
    : "They are taken and flagged; none is held back for this.";
}
