"use client";

import { Ban, CornerDownLeft, Forward, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { KeyMap } from "./key-map";

export interface ActionBarProps {
  /** `shown`: the output is on the screen before the answer; `offline`: it cannot be compared now. */
  phase: "answer" | "shown" | "offline" | "revealed" | "lost";
  busy: boolean;
  /** The letters to show; null while single keys are off. */
  keys: KeyMap | null;
  /** Whether Enter alone submits. */
  enterSubmits: boolean;
  onMain: () => void;
  onSkip: () => void;
  onCannot: () => void;
  onUndo: () => void;
}

const MAIN = {
  answer: "Show the output",
  shown: "Compare with the output",
  offline: "Keep the answer, next item",
  revealed: "Submit and next",
  lost: "Send as extra opinion",
} as const;

/** What can be done with the item on the screen; always in the same place. */
export function ActionBar({
  phase,
  busy,
  keys,
  enterSubmits,
  onMain,
  onSkip,
  onCannot,
  onUndo,
}: ActionBarProps) {
  const hint = (action: "undo" | "skip" | "cannot") => keys && keys[action].toUpperCase();
  const byEnter = enterSubmits || phase === "answer" || phase === "shown";
  return (
    <div className="flex flex-col gap-1.5">
      <Button
        variant="primary"
        size="lg"
        busy={busy}
        aria-keyshortcuts={byEnter ? "Enter" : "Control+Enter"}
        data-main-action=""
        className="h-12 w-full sm:h-11"
        onClick={onMain}
      >
        {MAIN[phase]}
        <span aria-hidden="true" className="hidden items-center gap-1 text-xs opacity-80 sm:inline-flex">
          {byEnter ? null : "Ctrl"}
          <CornerDownLeft />
        </span>
      </Button>
      <div className="flex items-center justify-between gap-1">
        <Quiet label="Undo" hotkey={hint("undo")} onClick={onUndo}>
          <Undo2 aria-hidden="true" />
        </Quiet>
        <Quiet label="Skip" hotkey={hint("skip")} onClick={onSkip}>
          <Forward aria-hidden="true" />
        </Quiet>
        <Quiet label="Cannot judge" hotkey={hint("cannot")} onClick={onCannot}>
          <Ban aria-hidden="true" />
        </Quiet>
      </div>
    </div>
  );
}

function Quiet({
  label,
  hotkey,
  onClick,
  children,
}: {
  label: string;
  hotkey: string | null;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      variant="ghost"
      className="h-11 px-2 sm:h-8"
      onClick={onClick}
      {...(hotkey ? { "aria-keyshortcuts": hotkey } : {})}
    >
      {children}
      {label}
      {hotkey ? (
        <span aria-hidden="true" className="hidden xl:inline">
          <Kbd>{hotkey}</Kbd>
        </span>
      ) : null}
    </Button>
  );
}
