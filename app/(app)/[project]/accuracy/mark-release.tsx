"use client";

import { Flag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

/** Marks by hand that a model version went live; a press takes it back. */
export function MarkRelease({
  slug,
  today,
  modelName,
}: {
  slug: string;
  /** In the project's zone. */
  today: string;
  /** Of the version that went live last; empty when none is known. */
  modelName: string;
}) {
  const router = useRouter();
  const { show } = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/v1/projects/${slug}/releases`;

  async function takeBack(id: string, version: string) {
    try {
      await fetchJson(`${path}/${id}`, { method: "DELETE" });
      show({ title: `${version} is no longer marked.`, kind: "done" });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  }

  async function mark(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const version = text("version");
    setBusy(true);
    setProblem(null);
    try {
      const { id, is_new } = await fetchJson(path, {
        method: "POST",
        body: {
          model_name: text("name"),
          model_version: version,
          day: text("day"),
          ...(text("note") ? { note: text("note") } : {}),
        },
        parse: async (answer) =>
          (await import("@/lib/ingest/release-schema")).markedReleaseSchema.parse(answer),
      });
      setOpen(false);
      show({
        title: is_new ? `${version} is marked on the chart.` : `${version} was marked there already.`,
        kind: "done",
        ...(is_new ? { undo: { run: () => void takeBack(id, version) } } : {}),
      });
      router.refresh();
    } catch (error) {
      setProblem(problemSentence(error));
    }
    setBusy(false);
  }

  return (
    <Dialog
      title="Mark a release"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Flag aria-hidden="true" />
          Mark a release
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant="primary" type="submit" form="mark-release" busy={busy}>
            Mark it
          </Button>
        </>
      }
    >
      <form
        id="mark-release"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void mark(new FormData(event.currentTarget));
        }}
      >
        <p className="text-sm text-muted">
          A flag on the charts on the day on which a model version went live. Systems can tell of it
          themselves: POST /api/v1/releases.
        </p>
        <Field label="Model">
          <Input name="name" required maxLength={200} defaultValue={modelName} />
        </Field>
        <Field label="Version">
          <Input name="version" required maxLength={200} autoComplete="off" />
        </Field>
        <Field label="Live since">
          <Input name="day" type="date" required defaultValue={today} min="2000-01-01" max="2100-12-31" />
        </Field>
        <Field label="Remark" hint="Optional.">
          <Input name="note" maxLength={500} />
        </Field>
        {problem ? (
          <p role="alert" className="rounded-md bg-alarm-soft px-3 py-2 text-sm text-alarm-ink">
            {problem}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
