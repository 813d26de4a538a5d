"use client";

import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A decision about held records with the reason that is kept beside them. */
export function DecideDialog({
  title,
  description,
  confirmLabel,
  danger = false,
  progress,
  trigger,
  onConfirm,
}: {
  title: string;
  description: string;
  confirmLabel: string;
  danger?: boolean;
  /** How far it is, while it is done, with a way to stop. */
  progress?: ReactNode;
  trigger: ReactElement;
  onConfirm: (note: string) => Promise<void>;
}) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const { busy, problem, fields, run } = useSubmit();

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (await run(() => onConfirm(note))) setOpen(false);
  }

  return (
    <Dialog
      title={title}
      description={description}
      size="sm"
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
    >
      <form onSubmit={confirm} className="flex flex-col gap-3 pb-2">
        <FormProblem problem={problem} />
        <Field label="Why" hint="Kept with the records and in the audit log." error={fields.note}>
          <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {busy ? progress : null}
        <div className="flex justify-end gap-2">
          <Button disabled={busy} onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabled={note.trim() === ""}
          >
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
