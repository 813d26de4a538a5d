"use client";

import { Keyboard } from "lucide-react";
import { Button, LinkButton } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";
import type { QueueName } from "@/lib/review/wire-schema";
import { outlookPart } from "./late-parts";
import { doneToday, itemsLeft, type ReviewState } from "./review-state";
import { SaveState } from "./save-state";
import type { Outbox } from "./use-outbox";

export interface OtherQueue {
  href: string;
  /** "2 to decide" */
  label: string;
}

const TITLE: Record<QueueName, string> = {
  review: "Review",
  adjudicate: "Decide between two",
  diagnostic: "Hand-picked",
};

/** Where this person stands today, whether all is saved, and the keyboard's list. */
export function ReviewTopBar({
  state,
  queueName,
  other,
  outbox,
  hotkey,
  timeZone,
  onHelp,
}: {
  state: ReviewState;
  queueName: QueueName;
  other: OtherQueue | null;
  outbox: Outbox;
  /** Of the keyboard's list; null while single keys are off. */
  hotkey: string | null;
  timeZone: string;
  onHelp: () => void;
}) {
  const outlook = outlookPart.usePart();
  const done = doneToday(state);
  const left = itemsLeft(state);
  const share = done + left === 0 ? 0 : done / (done + left);
  return (
    <header data-own-keys="" className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2.5">
      <h1 className="text-xl font-semibold tracking-tight text-ink">{TITLE[queueName]}</h1>
      <span
        role="progressbar"
        aria-label="Progress today"
        aria-valuemin={0}
        aria-valuemax={done + left}
        aria-valuenow={done}
        aria-valuetext={`${done} done today, ${left} left`}
        className="order-2 h-1.5 w-full overflow-hidden rounded-full bg-hover sm:order-none sm:w-36"
      >
        <span
          className="block h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
      {/* On a phone a line of its own: beside what else is there to do, it would be cut. */}
      <p className="order-1 w-full text-sm text-muted tabular sm:order-none sm:w-auto sm:min-w-0 sm:flex-1">
        <strong className="font-medium text-ink">{formatCount(done)}</strong> done today
        <span aria-hidden="true"> · </span>
        <span className="sr-only">, </span>
        {formatCount(left)}
        {state.queue.left_is_at_least ? " and more" : ""} left
        {outlook ? <outlook.Forecast queue={state.queue} left={left} /> : null}
      </p>
      <SaveState outbox={outbox} />
      {other ? (
        <LinkButton size="sm" href={other.href}>
          {other.label}
        </LinkButton>
      ) : null}
      <Button
        variant="ghost"
        size="icon"
        aria-label="Keyboard shortcuts"
        className="hidden sm:inline-flex"
        onClick={onHelp}
        {...(hotkey ? { "aria-keyshortcuts": hotkey } : {})}
      >
        <Keyboard aria-hidden="true" />
      </Button>
      {state.queue.prefix ? (
        // Its place is kept: it comes after the page.
        <div className="order-3 -my-1 flex min-h-11 w-full items-center sm:min-h-6">
          {outlook ? <outlook.PlanPrefixLine queue={state.queue} timeZone={timeZone} /> : null}
        </div>
      ) : null}
    </header>
  );
}
