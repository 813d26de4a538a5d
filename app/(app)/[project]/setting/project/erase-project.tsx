"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Cannot be undone, so the name has to be typed. */
export function EraseProject({ slug, name, outputs }: { slug: string; name: string; outputs: boolean }) {
  const { busy, problem, fields, run } = useSubmit();
  const [typed, setTyped] = useState("");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const done = await run(() =>
      fetchJson(`/api/v1/projects/${slug}`, { method: "DELETE", body: { name: typed } }),
    );
    if (done) window.location.assign("/projects");
  }

  return (
    <Dialog
      title={`Erase ${name}?`}
      description="This cannot be undone. Members lose access at once, keys stop working, and nothing can be brought back."
      trigger={<Button variant="danger">Erase project …</Button>}
      onOpenChange={() => setTyped("")}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem problem={problem} />
        <Field label={`Type “${name}” to go on`} error={fields.name} required>
          <Input value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {busy && outputs ? (
          <p role="status" className="text-sm text-muted">
            Erasing … a large project takes some minutes. It has disappeared already; you may close this page.
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button type="submit" variant="danger" busy={busy} disabled={typed !== name}>
            Erase for good
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
