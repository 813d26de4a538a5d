import { channelTrouble } from "@/components/alert/channel-sentences";
import { Banner } from "@/components/ui/banner";
import { LinkButton, TextLink } from "@/components/ui/button";
import type { ChannelRow } from "@/lib/alert/schema";

/** For managers, above the list: whether anybody is told of incidents outside of these pages, and whether that works. */
export function AlertState({ slug, channels }: { slug: string; channels: readonly ChannelRow[] }) {
  const troubled = channels.filter((channel) => channelTrouble(channel) !== null);
  const live = channels.filter(({ disabled_at: off }) => off === null);
  if (troubled.length > 0)
    return (
      <Banner
        tone="warn"
        title={
          troubled.length === 1
            ? `Alerts to ${troubled[0]?.name} need a look`
            : `Alerts to ${troubled.length} channels need a look`
        }
        actions={
          <LinkButton size="sm" href={`/${slug}/setting/alert`}>
            Look at alerts
          </LinkButton>
        }
      >
        {troubled.map((channel) => channelTrouble(channel)).join(" ")}
      </Banner>
    );
  return (
    <p className="pl-6 text-sm text-muted">
      {live.length === 0
        ? "Nobody is told of incidents outside of these pages."
        : `${live.map(({ name }) => name).join(", ")} ${live.length === 1 ? "is" : "are"} told of incidents.`}{" "}
      <TextLink href={`/${slug}/setting/alert`}>{live.length === 0 ? "Add a channel" : "Alerts"}</TextLink>
    </p>
  );
}
