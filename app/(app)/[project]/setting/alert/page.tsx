import { BellRing } from "lucide-react";

import { pageContext } from "@/app/_boundary/session";
import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listChannels } from "@/lib/alert/queries";
import { env } from "@/lib/core/env";
import { ChannelCard } from "./channel-card";
import { ChannelDialog } from "./channel-dialog";

export const metadata = { title: "Alerts" };

export default async function AlertPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const channels = await listChannels(ctx);
  const place = { slug: project.slug, timeZone: project.timeZone, hasMail: Boolean(env().ASSAY_SMTP_URL) };
  const add = (
    <ChannelDialog place={place} before={null} trigger={<Button variant="primary">Add a channel</Button>} />
  );
  return (
    <>
      <PageHeader
        title="Alerts"
        description="Who is told when an incident opens, and when it is over. Messages hold numbers and segments, never an input or an output."
        actions={
          <>
            <LinkButton href={`/${project.slug}/setting/alert/weekly`}>Weekly digest</LinkButton>
            <LinkButton href={`/${project.slug}/setting/alert/log`}>What was sent</LinkButton>
            {channels.length > 0 ? add : null}
          </>
        }
      />
      {channels.length === 0 ? (
        <Card>
          <EmptyState icon={<BellRing aria-hidden="true" />} title="Nobody is told yet" actions={add}>
            An incident shows on this project’s pages only. Add a Slack channel, mail addresses, a webhook or
            PagerDuty, and send a test to see that it arrives.
          </EmptyState>
        </Card>
      ) : (
        <div className="flex flex-col gap-4">
          {channels.map((channel) => (
            <ChannelCard key={channel.id} place={place} channel={channel} />
          ))}
          <p className="text-xs text-subtle text-pretty">
            Times are in {project.timeZone}. A message that does not arrive is tried ten times over about
            three days, always with the same id; then it is given up, which the log and the other channels
            say. Secrets are kept sealed, each for the address that it was entered for.
          </p>
        </div>
      )}
    </>
  );
}
