import { RefreshWhile } from "@/app/(app)/[project]/_overview/refresh-while";
import { pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { listMonitorVersions, monitorInForce } from "@/lib/monitor/monitor-queries";
import { monitoringState } from "@/lib/monitor/monitoring-state";
import { previewMonitor } from "@/lib/monitor/preview-monitor";
import { watchableAttributes } from "@/lib/monitor/watchable-attributes";

import { MonitorSettingsForm } from "./monitor-settings";
import { MonitoringStateLine } from "./monitoring-state-line";

export const metadata = { title: "Monitoring" };

export default async function MonitorPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project, can } = await pageContext(params, "project.manage");
  const [{ settings, version }, versions, known, state] = await Promise.all([
    monitorInForce(ctx),
    listMonitorVersions(ctx),
    watchableAttributes(ctx),
    monitoringState(ctx),
  ]);
  const meaning = await previewMonitor(ctx, settings);
  return (
    <>
      <PageHeader
        title="Monitoring"
        description={
          <>
            What is watched for a drop of accuracy, and how sure an alarm has to be.{" "}
            <DocLink to="/docs/numbers#looking">Why looking daily is safe</DocLink>
          </>
        }
        actions={<LinkButton href={`/${project.slug}/setting/planner`}>Plan reviews</LinkButton>}
      />
      <div className="mb-4">
        <MonitoringStateLine slug={project.slug} state={state} now={ctx.now} canReview={can("review.work")} />
      </div>
      <RefreshWhile everySeconds={30} />
      <MonitorSettingsForm
        key={version}
        slug={project.slug}
        settings={settings}
        meaning={meaning}
        known={known}
        versions={versions.map((each) => ({
          ...each,
          since: formatInstant(each.created_at, project.timeZone),
        }))}
      />
    </>
  );
}
