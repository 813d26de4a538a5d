"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { ACTIONS, type Action } from "./key-map";
import { ACTION_WORDS, keyRefusal } from "./key-words";
import type { ReviewKeys } from "./use-review-keys";

type FixedKey = readonly [readonly string[], string];

/** What holds now: Enter does what this person has set. */
function fixedKeys(enterSubmits: boolean): readonly FixedKey[] {
  return [
    [["1", "–", "9"], "Choose that answer"],
    [["↑", "↓"], "Another question"],
    [
      ["Enter"],
      enterSubmits
        ? "Next question; after the last one show the output; then submit"
        : "Next question; after the last one show the output; then go to the button that submits",
    ],
    [["Ctrl", "Enter"], "Show the output, or submit, also while typing"],
    [["Esc"], "Leave a text, or close what is open"],
  ];
}

/** Which key does what, and where each person changes it. */
export function ShortcutHelp({
  open,
  onOpenChange,
  reviewKeys,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  reviewKeys: ReviewKeys;
}) {
  return (
    <Dialog
      title="Keyboard"
      description="Everything also works with Tab, Space and the pointer. Press a letter here to change it."
      open={open}
      onOpenChange={onOpenChange}
    >
      <div className="flex flex-col gap-5">
        <dl className="divide-y divide-line">
          {fixedKeys(reviewKeys.enterSubmits).map(([keys, meaning]) => (
            <div key={meaning} className="flex items-center justify-between gap-4 py-1.5">
              <dd className="text-sm text-muted">{meaning}</dd>
              <dt className="order-last flex shrink-0 items-center gap-1 text-xs text-subtle">
                {keys.map((key) => (key === "–" ? <span key={key}>–</span> : <Kbd key={key}>{key}</Kbd>))}
              </dt>
            </div>
          ))}
        </dl>
        <div className="flex flex-col gap-3 border-y border-line py-3">
          <Switch
            label="Enter submits"
            hint="Off at first: Enter stops at the button, and a second press there submits, so that two quick presses never submit an output that you have not read. Ctrl and Enter always submit."
            checked={reviewKeys.enterSubmits}
            onChange={(event) => reviewKeys.setEnterSubmits(event.currentTarget.checked)}
          />
          <Switch
            label="Use single keys"
            hint="Switch this off when dictation or another tool types letters. Enter keeps working."
            checked={reviewKeys.on}
            onChange={(event) => reviewKeys.setOn(event.currentTarget.checked)}
          />
        </div>
        <Letters reviewKeys={reviewKeys} />
      </div>
    </Dialog>
  );
}

/** The letters, each a button that waits for another one. */
function Letters({ reviewKeys }: { reviewKeys: ReviewKeys }) {
  const { keys, setKey, reset } = reviewKeys;
  const [waiting, setWaiting] = useState<Action | null>(null);
  const [said, setSaid] = useState("");
  const take = (action: Action, event: KeyboardEvent) => {
    if (waiting !== action || event.nativeEvent.isComposing) return;
    if (["Tab", "Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.key === "Escape") {
      setWaiting(null);
      setSaid("");
      return;
    }
    const refusal = keyRefusal(keys, action, event.key);
    if (refusal) return setSaid(refusal);
    setKey(action, event.key);
    setWaiting(null);
    setSaid(`${event.key.toUpperCase()} is taken for: ${ACTION_WORDS[action]}.`);
  };
  return (
    <section aria-label="Letters">
      <ul className="divide-y divide-line">
        {ACTIONS.map((action) => (
          <li key={action} className="flex min-h-9 items-center justify-between gap-4 py-0.5">
            <span className="text-sm text-muted">{ACTION_WORDS[action]}</span>
            <Button
              variant="ghost"
              size="sm"
              aria-label={`${ACTION_WORDS[action]}: ${waiting === action ? "press the new key" : keys[action].toUpperCase()}`}
              onKeyDown={(event) => take(action, event)}
              onBlur={() => setWaiting(null)}
              onClick={() => {
                setWaiting(action);
                setSaid("");
              }}
            >
              {waiting === action ? "Press a key …" : <Kbd>{keys[action].toUpperCase()}</Kbd>}
            </Button>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex min-h-8 items-center justify-between gap-3">
        <p role="status" className="text-sm text-muted">
          {said}
        </p>
        <Button size="sm" variant="ghost" onClick={() => reset()}>
          As in the beginning
        </Button>
      </div>
    </section>
  );
}
