"use client";

import {
  CircleCheckBig,
  CirclePause,
  ClipboardList,
  Hand,
  Hourglass,
  Inbox,
  Lock,
  Scale,
  UserRoundX,
  UsersRound,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatInstant } from "@/lib/core/format";
import type { QueueName } from "@/lib/review/wire-schema";
import { doneToday, type Failure, type ReviewState } from "./review-state";

export interface EmptyFacts {
  slug: string;
  timeZone: string;
  canManage: boolean;
  queueName: QueueName;
  onUndo: (which: "last" | "deferred") => void;
  onRetry: () => void;
}

/** Nothing to review: which of the reasons it is, and what to do about it. */
export function ReviewEmpty({ state, facts }: { state: ReviewState; facts: EmptyFacts }) {
  const reason = state.queue.empty?.reason;
  if (reason === "queue_paused" || reason === "paused" || reason === "nothing_assigned")
    return <NotServed reason={reason} {...facts} />;
  if (facts.queueName === "adjudicate" && reason !== "no_form" && reason !== "all_held")
    return <NothingToDecide own={reason === "needs_others"} slug={facts.slug} />;
  if (facts.queueName === "diagnostic" && reason !== "no_form" && reason !== "all_held")
    return <NothingPicked own={reason === "needs_others"} slug={facts.slug} />;
  switch (state.queue.empty?.reason) {
    case "no_form":
      return <NoForm {...facts} />;
    case "no_samples":
      return <NoSamples {...facts} />;
    case "all_held":
      return (
        <Place icon={<Hourglass aria-hidden="true" />} title="Others are working on the rest">
          {heldSentence(state, facts.timeZone)} This page looks again by itself.
        </Place>
      );
    case "needs_others":
      return <NeedsOthers state={state} facts={facts} />;
    default:
      return <AllDone state={state} facts={facts} />;
  }
}

const NOT_SERVED = {
  queue_paused: {
    icon: <CirclePause aria-hidden="true" />,
    title: "The queue is paused",
    text: "A manager has stopped it for everybody. Nothing is lost: it goes on where it was, and this page looks again by itself.",
  },
  paused: {
    icon: <CirclePause aria-hidden="true" />,
    title: "You are paused",
    text: "A manager has paused your reviews. What you have judged counts as before.",
  },
  nothing_assigned: {
    icon: <UserRoundX aria-hidden="true" />,
    title: "Nothing is assigned to you",
    text: "Items wait, but all of them are of a kind that is assigned to other people.",
  },
};

function NotServed({
  reason,
  slug,
  canManage,
}: { reason: keyof typeof NOT_SERVED } & Pick<EmptyFacts, "slug" | "canManage">) {
  const { icon, title, text } = NOT_SERVED[reason];
  return (
    <Place
      icon={icon}
      title={title}
      actions={canManage ? <LinkButton href={`/${slug}/queue`}>Manage the queue</LinkButton> : null}
    >
      {text}
    </Place>
  );
}

function NothingToDecide({ own, slug }: { own: boolean; slug: string }) {
  return (
    <Place
      icon={<Scale aria-hidden="true" />}
      title={own ? "What is left needs somebody else" : "Nothing to decide"}
      actions={<LinkButton href={`/${slug}/review`}>Back to the queue</LinkButton>}
    >
      {own
        ? "You judged these items yourself. Nobody decides about an answer of their own."
        : "Where two people judge the same item differently, it appears here for a third person."}
    </Place>
  );
}

function NothingPicked({ own, slug }: { own: boolean; slug: string }) {
  return (
    <Place
      icon={<Hand aria-hidden="true" />}
      title={own ? "What is left needs somebody else" : "Nothing hand-picked waits"}
      actions={<LinkButton href={`/${slug}/review`}>Back to the queue</LinkButton>}
    >
      {own
        ? "You skipped these outputs, so they wait for another person."
        : "When somebody picks outputs by hand, they appear here. What waits as a sample too comes here after it was judged as such."}
    </Place>
  );
}

function NoForm({ slug, canManage }: EmptyFacts) {
  return (
    <Place
      icon={<ClipboardList aria-hidden="true" />}
      title="There is no answer form yet"
      actions={
        canManage ? (
          <LinkButton variant="primary" href={`/${slug}/setting/answer-schema`}>
            Make the answer form
          </LinkButton>
        ) : null
      }
    >
      {canManage
        ? "Reviewers need to know what they are asked. Assay can suggest a form from the outputs that came in."
        : "A manager of this project first has to say what reviewers are asked."}
    </Place>
  );
}

function NoSamples({ slug, canManage }: EmptyFacts) {
  return (
    <Place
      icon={<Inbox aria-hidden="true" />}
      title="Nothing has been drawn for review yet"
      actions={canManage ? <LinkButton href={`/${slug}/setting/sampling`}>Sampling plan</LinkButton> : null}
    >
      As soon as outputs arrive, a random part of them appears here.
    </Place>
  );
}

function AllDone({ state, facts }: { state: ReviewState; facts: EmptyFacts }) {
  const done = doneToday(state);
  return (
    <Place
      icon={<CircleCheckBig aria-hidden="true" />}
      title="All done"
      actions={done > 0 ? <Button onClick={() => facts.onUndo("last")}>Take the last one back</Button> : null}
    >
      {done > 0 ? `You judged ${done === 1 ? "one item" : `${done} items`} today. ` : ""}
      Nothing waits for a review now. New items appear here by themselves.
    </Place>
  );
}

function NeedsOthers({ state, facts }: { state: ReviewState; facts: EmptyFacts }) {
  const deferred = state.queue.deferred;
  return (
    <Place
      icon={<UsersRound aria-hidden="true" />}
      title="The rest needs somebody else"
      actions={
        deferred > 0 ? (
          <Button onClick={() => facts.onUndo("deferred")}>Take back what you skipped ({deferred})</Button>
        ) : null
      }
    >
      What is left was judged or skipped by you before and waits for another person.
    </Place>
  );
}

function heldSentence(state: ReviewState, timeZone: string): string {
  const empty = state.queue.empty;
  if (empty && empty.held_by_me > 0) return "You have an item open in another tab or window.";
  if (!empty?.free_at) return "What is left is open on other people's screens.";
  const time = formatInstant(empty.free_at, timeZone).split(", ")[1];
  return `What is left is open on other people's screens until ${time} at the latest.`;
}

function Place({
  icon,
  title,
  actions,
  children,
}: {
  icon: ReactNode;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // With the last item the focus went away as well: what comes in its place is read out.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState icon={icon} title={title} headingRef={heading} actions={actions} className="py-20">
        {children}
      </EmptyState>
    </div>
  );
}

/** The next item could not be fetched. */
export function ReviewFailure({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  if (failure.kind === "not_reviewer")
    return (
      <Place icon={<Lock aria-hidden="true" />} title="You are not a reviewer here any more">
        A manager of this project can give you the role again. What you have entered is kept in this browser.
      </Place>
    );
  if (failure.kind === "signed_out")
    return (
      <Place
        icon={<Lock aria-hidden="true" />}
        title="You were signed out"
        actions={
          <Button variant="primary" onClick={() => window.location.reload()}>
            Sign in again
          </Button>
        }
      >
        Your reviews are kept in this browser and are sent after you have signed in.
      </Place>
    );
  return (
    <div className="rounded-lg border border-line bg-surface">
      <ErrorState
        title={
          failure.kind === "offline" ? "No connection to the server" : "The next item could not be loaded"
        }
        requestId={failure.reference}
        className="py-20"
        actions={
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {failure.kind === "offline"
          ? "Nothing is lost. This page goes on by itself as soon as the connection is back."
          : failure.sentence}
      </ErrorState>
    </div>
  );
}
