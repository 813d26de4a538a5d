"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { unsentText } from "./outbox";
import type { Connection } from "./use-connection";
import type { Outbox } from "./use-outbox";

export interface SendingNoticesProps {
  outbox: Outbox;
  connection: Connection;
  /** The server has a newer version of this page. */
  outdated: boolean;
  /** Items in hand whose answer is still open. */
  answerable: number;
}

/** What a reviewer must know about decisions that are not with the server. Nothing is shown while all goes well. */
export function SendingNotices(props: SendingNoticesProps) {
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      <ConnectionNotice {...props} />
      <Refused outbox={props.outbox} />
      {props.outdated ? (
        <Banner
          title="Assay was updated"
          actions={
            <Button size="sm" onClick={() => window.location.reload()}>
              Reload to continue
            </Button>
          }
        >
          What you have entered is kept, and so is what is not sent yet.
        </Banner>
      ) : null}
      {props.outbox.lasting ? null : (
        <Banner tone="warn" title="This browser keeps nothing on this device">
          Its storage is full or switched off. Keep this page open until it says that all is saved.
        </Banner>
      )}
      {props.outbox.others > 0 ? (
        <Banner title={`${count(props.outbox.others)} of somebody else in this browser`}>
          Another person reviewed here and some of it is not sent yet. You cannot see it, and it is sent only
          when they sign in again and open the queue.
        </Banner>
      ) : null}
    </div>
  );
}

function ConnectionNotice({ outbox, connection, answerable }: SendingNoticesProps) {
  if (connection === "other-person" || outbox.stuck === "person")
    return (
      <Banner
        tone="warn"
        title="Somebody else is signed in here by now"
        actions={
          <>
            <Unsent outbox={outbox} />
            <Button size="sm" onClick={() => window.location.reload()}>
              Go on as that person
            </Button>
          </>
        }
      >
        {kept(outbox.waiting)} It is sent only when you are signed in yourself again.
      </Banner>
    );
  if (connection === "no-role" || outbox.stuck === "role")
    return (
      <Banner tone="warn" title="You are not a reviewer here any more" actions={<Unsent outbox={outbox} />}>
        {kept(outbox.waiting)} It is sent if a manager gives you the role again.
      </Banner>
    );
  if (connection === "offline")
    return (
      <Banner tone="warn" title={offlineTitle(answerable)}>
        {kept(outbox.waiting)} Everything is sent by itself when the connection is back. An answer that you
        give now is compared with the output then; if the two differ, the item comes back to you.
      </Banner>
    );
  if (outbox.stuck === "retry")
    return (
      <Banner tone="warn" title="The server does not answer">
        {kept(outbox.waiting)} This page tries again by itself.
      </Banner>
    );
  return null;
}

function offlineTitle(answerable: number): string {
  if (answerable === 0) return "Offline: the next item comes when the connection is back";
  return `Offline: ${answerable === 1 ? "1 item" : `${answerable} items`} can still be answered`;
}

function kept(waiting: number): string {
  if (waiting === 0) return "Nothing of yours is lost.";
  return `${count(waiting)} ${waiting === 1 ? "is" : "are"} kept on this device.`;
}

function count(reviews: number): string {
  return reviews === 1 ? "1 review" : `${reviews} reviews`;
}

function Unsent({ outbox }: { outbox: Outbox }) {
  return outbox.waiting > 0 ? (
    <CopyButton label="Copy what is not sent" text={() => unsentText(outbox.entries)} />
  ) : null;
}

function Refused({ outbox }: { outbox: Outbox }) {
  return outbox.refused.map((entry) => (
    <Banner
      key={entry.key}
      tone="warn"
      title={`Not saved: your review of ${entry.reference}`}
      actions={
        <>
          <CopyButton label="Copy it" text={() => unsentText([entry])} />
          <Button size="sm" onClick={() => void outbox.discard(entry.key)}>
            Understood
          </Button>
        </>
      }
    >
      {entry.refused}
    </Banner>
  ));
}
