"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { problemSentence } from "@/components/ui/fetch-json";

/** Something that a menu offers and that is asked about before it happens. */
export interface AskedAction {
  title: string;
  description: string;
  confirmLabel: string;
  /** What the way back is called, where Cancel could be taken for the deed. */
  keepLabel?: string;
  danger?: boolean;
  run: () => Promise<unknown>;
}

/** The question to `action`; null when there is none. */
export function AskedActionDialog({ action, onClose }: { action: AskedAction | null; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  function close() {
    setProblem(null);
    onClose();
  }

  async function confirm(asked: AskedAction) {
    setBusy(true);
    setProblem(null);
    try {
      await asked.run();
      close();
    } catch (error) {
      setProblem(problemSentence(error));
    }
    setBusy(false);
  }

  return (
    <Dialog
      title={action?.title ?? ""}
      open={action !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="sm"
      footer={
        action ? (
          <>
            <Button onClick={close}>{action.keepLabel ?? "Cancel"}</Button>
            <Button
              variant={action.danger ? "danger" : "primary"}
              busy={busy}
              onClick={() => confirm(action)}
            >
              {action.confirmLabel}
            </Button>
          </>
        ) : null
      }
    >
      <div className="text-sm text-muted">{action?.description}</div>
      {problem ? (
        <p role="alert" className="mt-3 rounded-md bg-alarm-soft px-3 py-2 text-sm text-alarm-ink">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}
