"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import {
  channelTrouble,
  KIND_WORDS,
  quietSentence,
  routesSentence,
} from "@/components/alert/channel-sentences";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-block";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import type { ChannelRow, SavedChannel, TryResult } from "@/lib/alert/schema";
import { ChannelDialog, type ChannelPlace } from "./channel-dialog";

const MUTES = [
  { label: "For one hour", hours: 1 },
  { label: "For eight hours", hours: 8 },
  { label: "For a week", hours: 168 },
];
const HOUR_MS = 3_600_000;

/** One channel: whom it tells of what, whether that works, and what can be done about it. */
export function ChannelCard({ place, channel }: { place: ChannelPlace; channel: ChannelRow }) {
  const { slug, timeZone } = place;
  const actions = useChannelActions(slug, channel);
  const trouble = channelTrouble(channel);
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <bdi>{channel.name}</bdi>
          <Badge>{KIND_WORDS[channel.kind].label}</Badge>
          {channel.disabled_at ? <Badge tone="warn">Switched off</Badge> : null}
          {channel.muted_until ? (
            <Badge tone="warn">Muted until {formatInstant(channel.muted_until, timeZone)}</Badge>
          ) : null}
        </span>
      }
      description={<span className="break-all">{channel.destination}</span>}
      actions={
        <>
          <Button size="sm" busy={actions.testing} onClick={actions.test}>
            Send a test
          </Button>
          <ChannelDialog
            place={place}
            before={channel}
            trigger={
              <Button size="sm" aria-label={`Change ${channel.name}`}>
                Change
              </Button>
            }
          />
          <ChannelMenu slug={slug} channel={channel} actions={actions} />
        </>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        <p className="text-ink text-pretty">
          {routesSentence(channel.name, channel.routes, channel.digest_minute)}
        </p>
        {channel.quiet ? <p className="text-muted">{quietSentence(channel.quiet)}</p> : null}
        {channel.weekly ? <p className="text-muted">The weekly digest goes out on Monday mornings.</p> : null}
        <p className="text-xs text-subtle tabular">
          {channel.last_delivered_at
            ? `Last delivered ${formatInstant(channel.last_delivered_at, timeZone)}`
            : "Nothing has been delivered yet"}
        </p>
        {trouble ? (
          <Banner tone={channel.dead > 0 || channel.disabled_reason === "gone" ? "alarm" : "warn"}>
            {trouble}
          </Banner>
        ) : null}
        <div role="status" className="empty:absolute">
          {actions.result ? (
            <Banner
              tone={actions.result.delivered ? "good" : "alarm"}
              title={actions.result.delivered ? "The test arrived" : "The test did not arrive"}
            >
              {actions.result.sentence}
            </Banner>
          ) : null}
        </div>
      </div>
      <Dialog
        title="Copy the new signing secret now"
        description="The old one does not sign any more. It cannot be shown again."
        open={actions.secret !== null}
        onOpenChange={(open) => {
          if (!open) actions.forgetSecret();
        }}
        stays
      >
        {actions.secret ? <CopyField value={actions.secret} label="signing secret" /> : null}
      </Dialog>
    </Card>
  );
}

function useChannelActions(slug: string, channel: ChannelRow) {
  const router = useRouter();
  const { show } = useToast();
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<TryResult | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const path = `/api/v1/projects/${slug}/alert-channels/${channel.id}`;

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      router.refresh();
    } catch (error) {
      show({ kind: "problem", title: problemSentence(error) });
    }
  }

  async function test() {
    setTesting(true);
    setResult(null);
    await attempt(async () => setResult(await fetchJson<TryResult>(`${path}/test`, { method: "POST" })));
    setTesting(false);
  }

  const change = (body: Record<string, unknown>) => fetchJson<SavedChannel>(path, { method: "PATCH", body });
  const mute = (hours: number | null) =>
    attempt(async () => {
      const until = hours === null ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();
      await change({ muted_until: until });
      show({
        title: until ? `“${channel.name}” is muted` : `“${channel.name}” is told again`,
        ...(until ? { description: "What falls into the mute comes as one message when it ends." } : {}),
        ...(until ? { undo: { run: () => void mute(null) } } : {}),
      });
    });
  const switchTo = (disabled: boolean) =>
    attempt(async () => {
      await change({ disabled });
      show({ title: `“${channel.name}” is ${disabled ? "switched off" : "on again"}` });
    });
  const renew = () => attempt(async () => setSecret((await change({ new_secret: true })).secret));
  const remove = () =>
    attempt(async () => {
      await fetchJson(path, { method: "DELETE" });
      const restore = () =>
        attempt(async () => void (await fetchJson(`${path}/restore`, { method: "POST" })));
      show({ title: `“${channel.name}” was removed`, undo: { run: () => void restore() } });
    });
  return {
    testing,
    result,
    secret,
    forgetSecret: () => setSecret(null),
    test,
    mute,
    switchTo,
    renew,
    remove,
  };
}

function ChannelMenu({
  slug,
  channel,
  actions,
}: {
  slug: string;
  channel: ChannelRow;
  actions: ReturnType<typeof useChannelActions>;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" aria-label={`More about ${channel.name}`}>
          More
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuLink href={`/${slug}/setting/alert/log?channel=${channel.id}`}>What was sent</MenuLink>
      <MenuSeparator />
      {channel.muted_until ? (
        <MenuItem onClick={() => void actions.mute(null)}>End the mute</MenuItem>
      ) : (
        <MenuGroup label="Mute">
          {MUTES.map(({ label, hours }) => (
            <MenuItem key={hours} onClick={() => void actions.mute(hours)}>
              {label}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      <MenuSeparator />
      {channel.kind === "webhook" ? (
        <MenuItem onClick={() => void actions.renew()}>Make a new signing secret</MenuItem>
      ) : null}
      <MenuItem onClick={() => void actions.switchTo(!channel.disabled_at)}>
        {channel.disabled_at ? "Switch on" : "Switch off"}
      </MenuItem>
      <MenuItem danger onClick={() => void actions.remove()}>
        Remove
      </MenuItem>
    </Menu>
  );
}
