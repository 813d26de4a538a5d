"use client";

import { Snowflake } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { formatCount, formatInstant, formatInterval, formatPercent } from "@/lib/core/format";
import type { AccuracyEstimate, Baseline } from "@/lib/estimate/schema";

export interface FreezeBaselineProps {
  slug: string;
  timeZone: string;
  /** The pilot as its reviews are now. */
  pilot: AccuracyEstimate;
  /** What counts now; null while nothing was frozen. */
  frozen: Baseline | null;
}

/** Writes down the pilot's accuracy, so that later changes of the pilot no longer move the line. */
export function FreezeBaseline({ slug, timeZone, pilot, frozen }: FreezeBaselineProps) {
  const router = useRouter();
  const { show } = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  async function freeze() {
    setBusy(true);
    setProblem(null);
    try {
      const made = await fetchJson(`/api/v1/projects/${slug}/baseline`, {
        method: "POST",
        body: note.trim() ? { note: note.trim() } : {},
        parse: async (answer) => (await import("@/lib/estimate/schema")).baselineSchema.parse(answer),
      });
      setOpen(false);
      setNote("");
      show({ title: `The baseline is frozen at ${formatPercent(made.estimate.mean)}.`, kind: "done" });
      router.refresh();
    } catch (error) {
      setProblem(problemSentence(error));
    }
    setBusy(false);
  }
  return (
    <Dialog
      title={frozen ? "Freeze the baseline again" : "Freeze the baseline"}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant={frozen ? "secondary" : "primary"}>
          <Snowflake aria-hidden="true" />
          {frozen ? "Baseline" : "Freeze the baseline"}
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={freeze}>
            Freeze at {formatPercent(pilot.mean)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm text-muted">
        <p>
          {frozen
            ? `Production is compared with the pilot as it was frozen on ${formatInstant(frozen.frozen_at, timeZone)}${frozen.frozen_by ? ` by ${frozen.frozen_by}` : ""}: ${reading(frozen.estimate)}.`
            : "Production is compared with the pilot. As long as the pilot is not frozen, the comparison moves with every further review of it."}
        </p>
        <dl className="rounded-lg border border-line bg-sunken px-4 py-3">
          <dt className="text-xs text-subtle">The pilot as it is now</dt>
          <dd className="text-lg font-semibold text-ink tabular">{reading(pilot)}</dd>
        </dl>
        <p>
          Freezing writes this down, for all outputs and for each segment. It cannot be edited; you can freeze
          again later, and what was frozen before is kept.
        </p>
        {frozen?.note ? <p>Remark of the frozen one: {frozen.note}</p> : null}
        <Field label="Remark" hint="For example why it is frozen now. Optional.">
          <Textarea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {problem ? (
          <p role="alert" className="rounded-md bg-alarm-soft px-3 py-2 text-alarm-ink">
            {problem}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}

/** "93.6 % (91 to 96 %), 806 reviews" */
function reading(estimate: AccuracyEstimate): string {
  return `${formatPercent(estimate.mean)} (${formatInterval(estimate)}), ${formatCount(estimate.n)} reviews`;
}
