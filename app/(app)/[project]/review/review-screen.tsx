"use client";

import { useEffect, useRef, useState } from "react";
import { ImageHostsContext } from "@/components/content/image-hosts";
import { useWhenIdle } from "@/components/ui/use-loaded";
import type { QueueName, ReviewQueueStatus } from "@/lib/review/wire-schema";
import { isAskedLate } from "@/lib/review/rubric";
import type { AnswerField } from "@/lib/review/schema";
import { afterChoosing } from "./answer-draft";
import { overruled, type Reason, statedNow } from "./decision";
import { toggleGuidelines } from "./guidelines";
import { NextItemComes } from "./next-item-comes";
import { correctionStart } from "./remark";
import { ReviewDialogs } from "./review-dialogs";
import { elsewherePart, emptyPart, fetchLateParts, noticesPart, revealedPart } from "./late-parts";
import { ReviewItemView } from "./review-item-view";
import { type Command, optionValue } from "./review-key";
import type { HeldItem } from "./review-state";
import { type OtherQueue, ReviewTopBar } from "./review-top-bar";
import { useReviewSession } from "./use-review-session";
import { useFocusOnNext, useFocusOnReason, useFocusTargets } from "./use-focus";
import { useReviewKeys } from "./use-review-keys";
import { useShortcuts } from "./use-shortcuts";
import { verdictNow } from "./verdict-now";

export interface ReviewScreenProps {
  slug: string;
  owner: string;
  timeZone: string;
  canManage: boolean;
  queueName: QueueName;
  queue: ReviewQueueStatus;
  /** Name of the identity provider, where there is one. */
  provider: string | null;
  /** Where images in inputs and outputs may come from. */
  imageHosts: readonly string[];
  /** The other queue, with what waits there for this person. */
  other: OtherQueue | null;
}

/** The reviewer's place of work: one item at a time, by keyboard or thumb. */
export function ReviewScreen(props: ReviewScreenProps) {
  const { slug, owner, timeZone, canManage, queueName, queue, provider, other, imageHosts } = props;
  const session = useReviewSession({ slug, owner, queueName, queue });
  const { state, dispatch, outbox } = session;
  const [help, setHelp] = useState(false);
  const [asking, setAsking] = useState<Reason["outcome"] | null>(null);
  const [unexplained, setUnexplained] = useState<string | null>(null);
  const reviewKeys = useReviewKeys(owner);
  const shownKeys = reviewKeys.on ? reviewKeys.keys : null;
  const focus = useFocusTargets();
  /** The item that was answered by a swipe. */
  const swiped = useRef<string | null>(null);
  const notices = noticesPart.usePart();
  const empty = emptyPart.usePart();
  const elsewhere = elsewherePart.usePart();
  const revealReady = revealedPart.usePart() !== null;
  const nothingHere = state.held.length === 0 && (state.failure !== null || state.exhausted);
  useEffect(() => {
    if (nothingHere) void emptyPart.fetch();
  }, [nothingHere]);
  useWhenIdle(fetchLateParts);
  const held = state.held[0];
  const slotId = held?.item.slot_id;
  const phase = !held ? "other" : held.item.revealed ? "revealed" : "answer";
  const fields = held ? askedNow(held) : [];
  const computed = held ? (verdictNow(held.item, held.draft)?.verdict ?? null) : null;

  function finish() {
    if (!held) return;
    if (phase === "answer" && !held.lost) void session.reveal();
    else if (!session.answer("submit")) {
      if (overruled(held) === "unexplained") {
        setUnexplained(held.item.slot_id);
        focus.reason.current?.focus();
      } else if (held.item.revealed) scoreFirst(held);
      else void session.reveal();
    }
  }

  function scoreFirst(scored: HeldItem) {
    const late = statedNow(scored);
    if (!late || late.ok) return;
    dispatch({ type: "refused", problems: late.problems, firstField: late.firstField });
    focus.field(late.firstField, dispatch);
  }

  function next() {
    if (!held) return;
    // Without the output to see, going on is submitting.
    const submitsNow = held.lost || session.connection === "offline";
    const last = held.activeField >= fields.length - 1;
    if (phase === "answer" && isTyped(fields[held.activeField]) && !focus.inForm())
      focus.field(held.activeField, dispatch);
    else if (last && submitsNow && !reviewKeys.enterSubmits) focus.button();
    else if (last) finish();
    else focus.field(held.activeField + 1, dispatch);
  }

  function run(command: Command) {
    switch (command.do) {
      case "choose": {
        const field = fields[held?.activeField ?? 0];
        const value = field && optionValue(field, command.option);
        if (!held || !field || value === undefined) return;
        dispatch({
          type: "answered",
          field: field.key,
          value: afterChoosing(field, held.draft[field.key], value),
        });
        if (field.type !== "categories" && held.activeField < fields.length - 1)
          focus.field(held.activeField + 1, dispatch);
        return;
      }
      case "field":
        if (held) {
          const to = focus.inForm() ? held.activeField + command.by : held.activeField;
          focus.field(Math.max(0, Math.min(fields.length - 1, to)), dispatch);
        }
        return;
      case "next":
        return next();
      case "finish":
        return finish();
      case "to-button":
        return focus.button();
      case "right":
      case "wrong":
        dispatch({ type: "overruled", verdict: command.do === "right" ? "CORRECT" : "INCORRECT" });
        return;
      case "comment":
        focus.comment.current?.focus();
        return;
      case "tags":
        focus.remark("tags");
        return;
      case "correction":
        if (held && !held.correction)
          dispatch({ type: "remarked", change: { correction: correctionStart(held.item) } });
        setTimeout(() => focus.remark("correction"));
        return;
      case "guidelines":
        toggleGuidelines((text) => dispatch({ type: "said", text }));
        return;
      case "leave":
        focus.back();
        return;
      case "skip":
      case "cannot":
        if (held) setAsking(command.do === "skip" ? "SKIPPED" : "CANNOT_JUDGE");
        return;
      case "undo":
        void session.undo();
        return;
      case "help":
        setHelp(true);
    }
  }

  useShortcuts(
    {
      phase,
      field: fields[held?.activeField ?? 0],
      singleKeys: reviewKeys.on,
      keys: reviewKeys.keys,
      enterSubmits: reviewKeys.enterSubmits,
    },
    !help && asking === null,
    run,
  );
  useEffect(() => {
    // The answer of a swipe is in the state now: on to the output.
    if (swiped.current === null || swiped.current !== slotId || phase !== "answer") return;
    swiped.current = null;
    finish();
  });
  useFocusOnNext(slotId, phase === "revealed" && !revealReady ? "loading" : phase, focus);
  useFocusOnReason(held?.overrule ?? null, computed, focus);

  const images = { hosts: imageHosts, settingHref: canManage ? `/${slug}/setting/review` : null };
  const facts = {
    slug,
    timeZone,
    canManage,
    queueName,
    onUndo: (which: "last" | "deferred") => void session.undo(which),
    onRetry: session.retry,
  };
  return (
    <ImageHostsContext value={images}>
      <ReviewTopBar
        state={state}
        queueName={queueName}
        other={other}
        outbox={outbox}
        hotkey={shownKeys && shownKeys.help}
        timeZone={timeZone}
        onHelp={() => setHelp(true)}
      />
      {/* The region stays and its content is new each time: regions that come with their text are not read out. */}
      <p className="sr-only" role="status" aria-live="polite">
        <span key={state.said.count}>{state.said.text}</span>
      </p>
      {notices ? (
        <notices.SendingNotices
          outbox={outbox}
          connection={session.connection}
          outdated={session.outdated}
          answerable={state.held.filter((each) => !each.item.revealed).length}
        />
      ) : null}
      {elsewhere && session.tab.role === "elsewhere" ? (
        <elsewhere.WorkingElsewhere onTake={session.tab.take} />
      ) : held ? (
        <ReviewItemView
          key={held.item.slot_id}
          held={held}
          state={state}
          headingRef={focus.heading}
          formRef={focus.form}
          verdictRef={focus.verdict}
          reasonRef={focus.reason}
          commentRef={focus.comment}
          keys={shownKeys}
          enterSubmits={reviewKeys.enterSubmits}
          unexplained={unexplained === held.item.slot_id}
          offline={session.connection === "offline"}
          dispatch={dispatch}
          onMain={finish}
          onSkip={() => setAsking("SKIPPED")}
          onCannot={() => setAsking("CANNOT_JUDGE")}
          onUndo={facts.onUndo}
          onDrop={session.drop}
          onSwipedAnswer={(field, value) => {
            swiped.current = held.item.slot_id;
            dispatch({ type: "answered", field, value });
          }}
        />
      ) : empty && state.failure ? (
        <empty.ReviewFailure failure={state.failure} onRetry={session.retry} />
      ) : empty && state.exhausted ? (
        <empty.ReviewEmpty state={state} facts={facts} />
      ) : (
        <NextItemComes />
      )}
      <ReviewDialogs
        signIn={{
          open: session.connection === "signed-out" || outbox.stuck === "sign-in",
          owner,
          provider,
          waiting: outbox.waiting,
          onSignedIn: session.goOn,
        }}
        connection={session.connection}
        asking={asking}
        help={help}
        reviewKeys={reviewKeys}
        onAsking={setAsking}
        onHelp={setHelp}
        onReason={session.giveReason}
      />
    </ImageHostsContext>
  );
}

/** The questions on the screen: what is stated first, and after the reveal what is asked about the output. */
function askedNow({ item }: HeldItem): AnswerField[] {
  const isRevealed = item.revealed !== null;
  return item.form.definition.fields.filter((field) => isAskedLate(field) === isRevealed);
}

function isTyped(field: AnswerField | undefined): boolean {
  return field !== undefined && ["text", "number", "date", "list"].includes(field.type);
}
