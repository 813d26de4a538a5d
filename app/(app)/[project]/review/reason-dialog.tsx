"use client";

import { useLayoutEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { Reason } from "./decision";

const TEXTS = {
  SKIPPED: {
    title: "Skip this item",
    description: "Somebody else gets it. The reason is kept beside the estimate.",
    button: "Skip",
    reasons: ["I am not sure enough", "I know this case personally", "I do not read this language"],
  },
  CANNOT_JUDGE: {
    title: "Nobody can judge this",
    description: "The item is closed without a verdict. How often this happens is shown beside the accuracy.",
    button: "Close without a verdict",
    reasons: ["The input is incomplete", "The input cannot be read", "There is no right answer"],
  },
} as const;

interface ReasonsProps {
  /** Whether digits choose. */
  singleKeys: boolean;
  onReason: (reason: Reason) => void;
}

/** Asks why; a number key picks a common reason and is enough. */
export function ReasonDialog({
  outcome,
  singleKeys,
  onClose,
  onReason,
}: ReasonsProps & { outcome: Reason["outcome"] | null; onClose: () => void }) {
  return (
    <Dialog
      title={TEXTS[outcome ?? "SKIPPED"].title}
      description={TEXTS[outcome ?? "SKIPPED"].description}
      open={outcome !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
    >
      {outcome ? (
        <Reasons key={outcome} outcome={outcome} singleKeys={singleKeys} onReason={onReason} />
      ) : null}
    </Dialog>
  );
}

function Reasons({ outcome, singleKeys, onReason }: ReasonsProps & { outcome: Reason["outcome"] }) {
  const [own, setOwn] = useState("");
  const { reasons, button } = TEXTS[outcome];
  const give = (reason: string) => {
    if (reason.trim() !== "") onReason({ outcome, reason });
  };
  // The digits that are seen are listened to from the same moment.
  useLayoutEffect(() => {
    if (!singleKeys) return;
    const pressed = (event: KeyboardEvent) => {
      const picked = reasons[Number(event.key) - 1];
      const typing = event.target instanceof HTMLTextAreaElement;
      if (!picked || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      onReason({ outcome, reason: picked });
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [singleKeys, reasons, outcome, onReason]);
  return (
    <div className="flex flex-col gap-2">
      {reasons.map((reason, index) => (
        <Button key={reason} className="h-12 justify-start text-base sm:h-10" onClick={() => give(reason)}>
          <span className="flex-1 text-left">{reason}</span>
          {singleKeys ? (
            <span aria-hidden="true" className="hidden sm:inline">
              <Kbd>{index + 1}</Kbd>
            </span>
          ) : null}
        </Button>
      ))}
      <Field label="Another reason" className="mt-2">
        <Textarea
          rows={2}
          value={own}
          maxLength={500}
          onChange={(event) => setOwn(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            give(own);
          }}
        />
      </Field>
      <div className="flex justify-end pb-1">
        <Button variant="primary" disabled={own.trim() === ""} onClick={() => give(own)}>
          {button}
        </Button>
      </div>
    </div>
  );
}
