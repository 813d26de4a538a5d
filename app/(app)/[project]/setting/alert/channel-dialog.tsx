"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-block";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { ChannelRow, SavedChannel } from "@/lib/alert/schema";
import { ChannelForm } from "./channel-form";

export interface ChannelPlace {
  slug: string;
  timeZone: string;
  hasMail: boolean;
}

/** The form of a channel; a signing secret that was made by saving is shown afterwards, this once. */
export function ChannelDialog({
  place,
  before,
  trigger,
}: {
  place: ChannelPlace;
  before: ChannelRow | null;
  trigger: ReactElement;
}) {
  const router = useRouter();
  const { show } = useToast();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);

  function change(next: boolean) {
    setOpen(next);
    if (next) setSecret(null);
    else if (secret) router.refresh();
  }

  function saved(channel: SavedChannel) {
    if (channel.secret) {
      // The page is read anew when it was copied: with its first channel this dialog stands elsewhere, and the secret would be gone.
      setSecret(channel.secret);
      return;
    }
    router.refresh();
    setOpen(false);
    show({
      title: before ? "Channel saved" : "Channel added",
      description: channel.secret_wiped
        ? "Its secret was wiped with the old address: enter the new one."
        : "Send a test to see that it arrives.",
    });
  }

  return (
    <Dialog
      title={
        secret ? "Copy the signing secret now" : before ? `Change “${before.name}”` : "New alert channel"
      }
      description={
        secret
          ? "The receiver checks with it that a request comes from here. It cannot be shown again."
          : undefined
      }
      trigger={trigger}
      open={open}
      onOpenChange={change}
      stays
      size="lg"
      footer={
        secret ? (
          <Button variant="primary" onClick={() => change(false)}>
            I have copied it
          </Button>
        ) : null
      }
    >
      {secret ? (
        <CopyField value={secret} label="signing secret" />
      ) : open ? (
        <ChannelForm {...place} before={before} onSaved={saved} />
      ) : null}
    </Dialog>
  );
}
