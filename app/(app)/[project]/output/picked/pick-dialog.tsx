"use client";

import { Hand } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { OutputFilter } from "@/lib/output/schema";
import type { Picked } from "@/lib/review/diagnostic-schema";
import { MOST_PICKED } from "@/lib/review/most-picked";
import { pickedSentence } from "./picked-words";

/** What is to be looked at. */
export type PickFrom =
  | { origin: "selection" | "output" | "quarantine"; outputs: readonly string[] }
  | { origin: "filter"; filter: OutputFilter }
  | { origin: "incident"; incident: string; show: "wrong" | "right" | "unsure" | "all" };

/** Asks what people should look at, and puts the outputs into the queue of those picked by hand. */
export function PickDialog({
  slug,
  from,
  subject,
  beyond = false,
  trigger,
  onPicked,
}: {
  slug: string;
  from: PickFrom;
  /** "12 outputs" */
  subject: string;
  /** More match than one question may ask. */
  beyond?: boolean;
  trigger?: ReactElement;
  onPicked?: () => void;
}) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const { busy, problem, fields, run } = useSubmit();
  const tell = useTold(slug);
  const { id, renew } = useBatchId();

  async function confirm() {
    const done = await run(async () => {
      const picked = await fetchJson<Picked>(`/api/v1/projects/${slug}/diagnostics`, {
        method: "POST",
        body: { batch_id: id, note: note.trim(), ...from },
      });
      tell(picked);
    });
    if (!done) return;
    renew();
    setNote("");
    setOpen(false);
    onPicked?.();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`Have ${subject} looked at`}
      description="They go into a queue of their own, marked as hand-picked. What people say there never counts in any accuracy."
      trigger={
        trigger ?? (
          <Button size="sm">
            <Hand aria-hidden="true" />
            Have them looked at
          </Button>
        )
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={note.trim() === ""} onClick={() => void confirm()}>
            Put them in the queue
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {beyond ? (
          <p className="text-sm text-muted">
            At most {MOST_PICKED} can be asked for at once: the newest {MOST_PICKED} are taken.
          </p>
        ) : null}
        <Field
          label="What should people look at?"
          hint="Shown to whoever looks, together with your name."
          error={fields.note}
          required
        >
          <Textarea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <FormProblem problem={problem ?? otherField(fields)} />
      </div>
    </Dialog>
  );
}

function otherField(fields: Readonly<Record<string, string>>): string | null {
  return Object.entries(fields).find(([name]) => name !== "note")?.[1] ?? null;
}

/** One name for one question, so that a second press or a retry asks nothing twice. */
function useBatchId(): { id: string; renew: () => void } {
  const [id, setId] = useState(() => crypto.randomUUID());
  return { id, renew: () => setId(crypto.randomUUID()) };
}

function useTold(slug: string): (picked: Picked) => void {
  const router = useRouter();
  const { show } = useToast();
  async function takeBack(batchId: string) {
    try {
      await fetchJson(`/api/v1/projects/${slug}/diagnostics/${batchId}/remove`, {
        method: "POST",
        body: {},
      });
      show({ title: "Taken off the queue again" });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  }
  return (picked) => {
    const { title, description } = pickedSentence(picked);
    show({
      title,
      ...(description ? { description } : {}),
      ...(picked.picked > 0 ? { undo: { run: () => void takeBack(picked.batch_id) } } : {}),
    });
    router.refresh();
  };
}
