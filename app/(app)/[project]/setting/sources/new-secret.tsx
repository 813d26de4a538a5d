"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-block";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

const OVERLAPS = [
  { value: "24", label: "One day" },
  { value: "168", label: "One week" },
  { value: "1", label: "One hour" },
  { value: "0", label: "Not at all: the old one may be known to others" },
];

/** A new signing secret: how long the old one still counts, then the new one, this once. */
export function NewSecret({ slug, source }: { slug: string; source: { id: string; name: string } }) {
  const router = useRouter();
  const { busy, problem, run } = useSubmit();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [overlap, setOverlap] = useState("24");

  function change(next: boolean) {
    setOpen(next);
    if (next) setSecret(null);
  }

  async function rotate() {
    await run(async () => {
      const made = await fetchJson<{ secret: string }>(
        `/api/v1/projects/${slug}/sources/${source.id}/secret`,
        {
          method: "POST",
          body: { overlap_hours: Number(overlap) },
        },
      );
      setSecret(made.secret);
      router.refresh();
    });
  }

  return (
    <Dialog
      title={secret ? "Copy the new secret now" : `New secret for “${source.name}”`}
      description={
        secret
          ? "Assay cannot show it again. Put it where the sender keeps its secret."
          : "The sender signs with it. Both the old and the new one are accepted for a while, so nothing is lost meanwhile."
      }
      trigger={
        <Button size="sm" aria-label={`New secret for ${source.name}`}>
          New secret
        </Button>
      }
      open={open}
      onOpenChange={change}
      stays={secret !== null}
      footer={
        secret ? (
          <Button variant="primary" onClick={() => change(false)}>
            I have copied it
          </Button>
        ) : (
          <Button variant="primary" busy={busy} onClick={rotate}>
            Make new secret
          </Button>
        )
      }
    >
      {secret ? (
        <CopyField value={secret} label="secret" />
      ) : (
        <div className="flex flex-col gap-4">
          <FormProblem problem={problem} />
          <Field label="How long the old secret is still accepted">
            <Select value={overlap} onChange={(event) => setOverlap(event.target.value)} options={OVERLAPS} />
          </Field>
        </div>
      )}
    </Dialog>
  );
}
