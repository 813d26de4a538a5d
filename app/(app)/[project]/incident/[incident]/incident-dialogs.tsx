"use client";

import { type ReactNode, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { formatInstant } from "@/lib/core/format";

interface StepDialogProps {
  open: boolean;
  onClose: () => void;
}

/** A question with a note; it closes when the step succeeded, else it says what went wrong and keeps what was written. */
function StepDialog({
  open,
  onClose,
  title,
  description,
  confirmLabel,
  noteRequired = false,
  onConfirm,
  children,
}: StepDialogProps & {
  title: string;
  description: ReactNode;
  confirmLabel: string;
  noteRequired?: boolean;
  onConfirm: (note: string) => Promise<void>;
  children?: ReactNode;
}) {
  const [note, setNote] = useState("");
  const { busy, problem, fields, run } = useSubmit();
  async function confirm() {
    if (!(await run(() => onConfirm(note.trim())))) return;
    setNote("");
    onClose();
  }
  const other = Object.entries(fields).find(([name]) => name !== "note")?.[1] ?? null;
  return (
    <Dialog
      title={title}
      description={description}
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={noteRequired && note.trim() === ""}
            onClick={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <Field label={noteRequired ? "Note" : "Note (optional)"} error={fields.note} required={noteRequired}>
          <Textarea
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <FormProblem problem={problem ?? other} />
      </div>
    </Dialog>
  );
}

export function NoteDialog({
  required = false,
  ...rest
}: StepDialogProps & {
  title: string;
  description: string;
  confirmLabel: string;
  required?: boolean;
  onConfirm: (note: string) => Promise<void>;
}) {
  return <StepDialog {...rest} noteRequired={required} />;
}

const MUTES = [
  { value: "1", label: "For a day" },
  { value: "3", label: "For three days" },
  { value: "7", label: "For a week" },
  { value: "14", label: "For two weeks" },
  { value: "30", label: "For 30 days" },
] as const;
const DAY_MS = 86_400_000;

export function MuteDialog({
  timeZone,
  onConfirm,
  ...rest
}: StepDialogProps & {
  timeZone: string;
  onConfirm: (body: { until: string; note?: string }, until: string) => Promise<void>;
}) {
  const [days, setDays] = useState("7");
  return (
    <StepDialog
      {...rest}
      title="Mute this incident"
      description="It stays open and goes on collecting evidence, but it no longer asks for attention until then."
      confirmLabel="Mute"
      onConfirm={(note) => {
        const until = new Date(Date.now() + Number(days) * DAY_MS);
        const body = { until: until.toISOString(), ...(note ? { note } : {}) };
        return onConfirm(body, formatInstant(until, timeZone));
      }}
    >
      <RadioGroup legend="How long" name="mute-days" value={days} options={MUTES} onChange={setDays} />
    </StepDialog>
  );
}

const REASONS = [
  { value: "fixed", label: "It is fixed", hint: "The model, the prompt or the data was mended." },
  {
    value: "not_a_problem",
    label: "It is not a problem",
    hint: "The reviews were wrong, or this accuracy is fine here.",
  },
  { value: "other", label: "Something else", hint: "Say what in the note." },
] as const;
type Reason = (typeof REASONS)[number]["value"];

export function ResolveDialog({
  recovery,
  onConfirm,
  ...rest
}: StepDialogProps & {
  recovery: string | null;
  onConfirm: (body: { reason: Reason; note?: string }) => Promise<void>;
}) {
  const [reason, setReason] = useState<Reason>("fixed");
  return (
    <StepDialog
      {...rest}
      title="Resolve this incident"
      description="The monitor of this segment starts again from zero. If accuracy is still below its boundary, a new incident opens."
      confirmLabel="Resolve"
      noteRequired={reason === "other"}
      onConfirm={(note) => onConfirm({ reason, ...(note ? { note } : {}) })}
    >
      {recovery ? <p className="rounded-md bg-sunken px-3 py-2 text-sm text-muted">{recovery}</p> : null}
      <RadioGroup
        legend="Why"
        name="resolve-reason"
        value={reason}
        options={REASONS}
        onChange={(value) => setReason(REASONS.find((each) => each.value === value)?.value ?? "other")}
      />
    </StepDialog>
  );
}
