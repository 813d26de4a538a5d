import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import type { OpenFinding } from "@/lib/incident/input-findings";

/** How much comes, whether labels come, what segments hold: what is so and lasts. */
export function FindingBanners({ slug, findings }: { slug: string; findings: readonly OpenFinding[] }) {
  return findings.map(({ incidentId, facts }) => (
    <Banner
      key={incidentId}
      tone="warn"
      title={facts.title}
      actions={
        <LinkButton size="sm" href={`/${slug}/incident/${incidentId}`}>
          Incident
        </LinkButton>
      }
    >
      {facts.finding}
    </Banner>
  ));
}
