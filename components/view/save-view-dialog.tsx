"use client";

import { useRef, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

import type { ViewPlace } from "./saved-view-list";
import { presentQuery } from "./view-address";

/** Asks for a name, and keeps the address of the page under it. */
export function SaveViewDialog({
  slug,
  kind,
  mayShare,
  onClose,
}: ViewPlace & { mayShare: boolean; onClose: () => void }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { busy, problem, fields, run } = useSubmit();
  const { show } = useToast();

  async function save() {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/views`, {
        method: "POST",
        body: { kind, name, query: presentQuery(), shared },
      });
    });
    if (!done) return;
    show({ title: `“${name.trim()}” is saved` });
    onClose();
  }

  return (
    <Dialog
      title="Save this view"
      description="Its filters, order and columns, under a name. What it finds is looked up anew each time."
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      firstFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="save-view" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form
        id="save-view"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name" error={fields.name}>
          <Input
            ref={field}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {mayShare ? (
          <Checkbox
            label="For everybody in the project"
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
        ) : null}
        <FormProblem problem={problem} />
      </form>
    </Dialog>
  );
}
