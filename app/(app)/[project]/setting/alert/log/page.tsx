import { Inbox } from "lucide-react";

import { pageContext } from "@/app/_boundary/session";
import { STATE_LOOK } from "@/components/alert/delivery-words";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Paging } from "@/components/ui/paging";
import { LinkTabs } from "@/components/ui/tabs";
import { listChannels, listDeliveries } from "@/lib/alert/queries";
import { DELIVERY_STATES, type DeliveryQuery, deliveryQuerySchema } from "@/lib/alert/schema";
import { DeliveryTable } from "./delivery-table";

export const metadata = { title: "What was sent" };

export default async function AlertLogPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const query = deliveryQuerySchema.safeParse(await searchParams).data ?? { state: "all", page: 1 };
  const [list, channels] = await Promise.all([listDeliveries(ctx, query), listChannels(ctx)]);
  const total = Object.values(list.counts).reduce((sum, each) => sum + each, 0);
  const address = (change: Partial<DeliveryQuery>) =>
    logAddress(project.slug, { ...query, page: 1, ...change });
  const channel = channels.find(({ id }) => id === query.channel);
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${project.slug}/setting/alert`}>Alerts</TextLink>}
        title={channel ? `What was sent to ${channel.name}` : "What was sent"}
        description="Every message with every attempt. One that was not delivered can be sent again; its id stays the same, so that a receiver can tell copies."
        actions={
          query.channel || query.incident ? (
            <LinkButton href={`/${project.slug}/setting/alert/log`}>Show all</LinkButton>
          ) : null
        }
      />
      <div className="flex flex-col gap-4">
        <LinkTabs
          label="State"
          current={address({})}
          tabs={[
            { href: address({ state: "all" }), label: <Count text="All" count={total} /> },
            ...DELIVERY_STATES.map((state) => ({
              href: address({ state }),
              label: <Count text={STATE_LOOK[state].label} count={list.counts[state]} />,
            })),
          ]}
        />
        {list.deliveries.length === 0 ? (
          <Card>
            <EmptyState
              icon={<Inbox aria-hidden="true" />}
              title={total === 0 ? "Nothing has been sent yet" : "Nothing in this state"}
            >
              {total === 0 ? "Messages appear here as soon as a test is sent or an incident opens." : null}
            </EmptyState>
          </Card>
        ) : (
          <Card flush>
            <DeliveryTable slug={project.slug} timeZone={project.timeZone} deliveries={list.deliveries} />
          </Card>
        )}
        {list.pages > 1 ? (
          <Paging page={list.page} pages={list.pages} hrefOf={(page) => address({ page })} />
        ) : null}
      </div>
    </>
  );
}

function Count({ text, count }: { text: string; count: number }) {
  return (
    <>
      {text}
      <span className="text-xs text-subtle tabular">{count}</span>
    </>
  );
}

function logAddress(slug: string, { state, channel, incident, page }: DeliveryQuery): string {
  const search = new URLSearchParams({
    ...(state === "all" ? {} : { state }),
    ...(channel ? { channel } : {}),
    ...(incident ? { incident } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  });
  const text = search.toString();
  return `/${slug}/setting/alert/log${text === "" ? "" : `?${text}`}`;
}
