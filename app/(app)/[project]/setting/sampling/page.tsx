import { pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { listAttributes, listPlans } from "@/lib/sampling/plan-queries";
import { previewPlan } from "@/lib/sampling/preview-plan";
import { planSettingsSchema } from "@/lib/sampling/schema";
import { SamplingPlan } from "./sampling-plan";

export const metadata = { title: "Sampling plan" };

export default async function SamplingPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const [versions, attributes] = await Promise.all([listPlans(ctx), listAttributes(ctx)]);
  const [inForce] = versions;
  if (!inForce) throw new Error("The project has no sampling plan.");
  const { version, created_at: _at, created_by: _by, ...settings } = inForce;
  const preview = await previewPlan(ctx, planSettingsSchema.parse(settings));
  return (
    <>
      <PageHeader
        title="Sampling plan"
        description={
          <>
            How many outputs people review, and which. Every output has a known chance of being drawn, so that
            the reviewed ones speak for all. <DocLink to="/docs#sample">How a sample speaks for all</DocLink>
          </>
        }
        actions={<LinkButton href={`/${project.slug}/setting/planner`}>Plan for a goal</LinkButton>}
      />
      <SamplingPlan
        key={version}
        slug={project.slug}
        version={version}
        settings={settings}
        attributes={attributes}
        preview={preview}
        versions={versions.map((each) => ({
          ...each,
          since: formatInstant(each.created_at, project.timeZone),
        }))}
      />
    </>
  );
}
