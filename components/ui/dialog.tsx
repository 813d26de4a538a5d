"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactElement, type ReactNode, type RefObject, useState } from "react";

import { Button } from "./button";
import { cn } from "./class-names";

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The element that opens it; left out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
  /** Buttons at the lower end, the main one last. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** A press beside it does not close it: for what is shown only once. */
  stays?: boolean;
  /** No head and no padding, and at the top on phones, above their keyboard: the content has its own. The title is read out only. */
  bare?: boolean;
  /** What has the focus first; else it is the cross, which an Enter that was meant for the page would press. */
  firstFocus?: RefObject<HTMLElement | null>;
}

const SHEET =
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl data-ending-style:translate-y-2 data-starting-style:translate-y-2 sm:bottom-auto";
const AT_TOP = "inset-x-2 top-2 max-h-[56dvh] rounded-xl";
const WIDTH = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-2xl" };

/** A question or form above the page; on phones a sheet from below. Escape and the cross close it. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  children,
  footer,
  size = "md",
  stays = false,
  bare = false,
  firstFocus,
}: DialogProps) {
  return (
    <Base.Root
      disablePointerDismissal={stays}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next: boolean) => onOpenChange(next) } : {})}
    >
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(firstFocus ? { initialFocus: firstFocus } : {})}
          className={cn(
            "fixed z-50 flex flex-col bg-overlay shadow-float transition duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:inset-x-0 sm:top-[12dvh] sm:mx-auto sm:max-h-[76dvh] sm:w-[calc(100%-2rem)] sm:rounded-xl",
            bare ? AT_TOP : SHEET,
            WIDTH[size],
          )}
        >
          {bare ? (
            <Base.Title className="sr-only">{title}</Base.Title>
          ) : (
            <Head title={title} description={description} />
          )}
          <div className={bare ? "flex min-h-0 flex-col" : "min-h-0 flex-1 overflow-y-auto px-5 py-3"}>
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Head({ title, description }: Pick<DialogProps, "title" | "description">) {
  return (
    <header className="flex items-start gap-3 px-5 pt-4 pb-1">
      <div className="min-w-0 flex-1">
        <Base.Title className="text-lg font-semibold text-ink">{title}</Base.Title>
        {description ? (
          <Base.Description className="mt-0.5 text-sm text-muted">{description}</Base.Description>
        ) : null}
      </div>
      <Base.Close render={<Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-2" />}>
        <X aria-hidden="true" />
      </Base.Close>
    </header>
  );
}

/** A yes-or-no question about something that cannot be taken back. `onConfirm` may throw: its sentence is shown. */
export function ConfirmDialog({
  title,
  description,
  confirmLabel,
  danger = false,
  trigger,
  onConfirm,
}: {
  title: ReactNode;
  description: ReactNode;
  confirmLabel: string;
  danger?: boolean;
  trigger: ReactElement;
  onConfirm: () => Promise<void> | void;
}) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function confirm() {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "That did not work. Try again.");
    }
    setBusy(false);
  }
  return (
    <Dialog
      title={title}
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      size="sm"
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="text-sm text-muted">{description}</div>
      {problem ? (
        <p role="alert" className="mt-3 rounded-md bg-alarm-soft px-3 py-2 text-sm text-alarm-ink">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}
