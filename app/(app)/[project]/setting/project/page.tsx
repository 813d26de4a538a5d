import { RemoveDemo } from "@/app/(app)/projects/remove-demo";
import { pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatDay } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { projectSize } from "@/lib/project/project-size";
import { EraseProject } from "./erase-project";
import { NameAndZone } from "./name-and-zone";
import { TruthForm } from "./truth-form";
import { VisibilityForm } from "./visibility-form";

export const metadata = { title: "Project settings" };

export default async function ProjectSettingPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, actor, project } = await pageContext(params, "project.manage");
  const size = await projectSize(ctx);
  return (
    <>
      <PageHeader
        title="Project"
        description="What this project is called, how it counts days, and who sees what."
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Name and time zone">
            <NameAndZone
              slug={project.slug}
              name={project.name}
              timeZone={project.timeZone}
              timeZones={["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]}
              zoneFixed={size.hasOutputs}
            />
          </Card>
          <Card
            title="Truth that you send"
            description={
              <>
                Some systems learn later what would have been right: a correction, a complaint, a chargeback.{" "}
                <DocLink to="/docs#truth">What ground truth does</DocLink>
              </>
            }
          >
            <TruthForm slug={project.slug} coverage={project.truthCoverage} />
          </Card>
          <Card
            title="Who sees what"
            description="Managers always see everything. A change counts from the next click."
          >
            <VisibilityForm
              slug={project.slug}
              reviewersSeeCharts={project.reviewersSeeCharts}
              viewersSeePayloads={project.viewersSeePayloads}
            />
          </Card>
          {actor.isAdmin ? (
            <Card
              title="Erase this project"
              description="Everything in it goes for good: outputs, reviews, keys and charts. Only the audit log of the installation remembers that it was there."
              className="border-alarm-line"
            >
              {project.isDemo ? (
                <RemoveDemo />
              ) : (
                <EraseProject slug={project.slug} name={project.name} outputs={size.hasOutputs} />
              )}
            </Card>
          ) : null}
        </div>
        <Card title="At a glance">
          <DescriptionList
            items={[
              { term: "Address", detail: <span className="font-mono text-xs">/{project.slug}</span> },
              { term: "Since", detail: formatDay(localDay(project.createdAt, project.timeZone)) },
              { term: "Members", detail: formatCount(size.members) },
              { term: "Keys in use", detail: formatCount(size.keys) },
              ...(size.plan
                ? [
                    { term: "Reviews a week", detail: formatCount(size.plan.reviewsPerWeek) },
                    { term: "Sampled by", detail: size.plan.attribute ?? "no segment" },
                  ]
                : []),
            ]}
          />
          <p className="mt-3 text-sm">
            <TextLink href={`/${project.slug}/setting/sampling`}>Sampling plan</TextLink>
          </p>
        </Card>
      </div>
    </>
  );
}
