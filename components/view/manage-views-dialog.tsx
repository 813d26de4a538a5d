"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { SavedViewRow } from "@/lib/view/schema";

/** Renames and deletes views. A deleted one can be brought back for as long as the message about it stays. */
export function ManageViewsDialog({
  slug,
  views,
  onChanged,
  onClose,
}: {
  slug: string;
  views: readonly SavedViewRow[];
  onChanged: () => Promise<void>;
  onClose: () => void;
}) {
  return (
    <Dialog
      title="Saved views"
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      {views.length > 0 ? (
        <ul className="flex flex-col gap-3">
          {views.map((view) => (
            <li key={view.id}>
              <ViewRow slug={slug} view={view} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">There are none left.</p>
      )}
    </Dialog>
  );
}

function ViewRow({
  slug,
  view,
  onChanged,
}: {
  slug: string;
  view: SavedViewRow;
  onChanged: () => Promise<void>;
}) {
  const [name, setName] = useState(view.name);
  const { busy, problem, fields, run } = useSubmit();
  const { show } = useToast();
  const path = `/api/v1/projects/${slug}/views`;
  const changed = name.trim() !== view.name;

  const rename = () =>
    run(async () => {
      await fetchJson(`${path}/${view.id}`, { method: "PATCH", body: { name } });
      await onChanged();
    });

  async function bringBack() {
    const { kind, query, shared } = view;
    try {
      await fetchJson(path, { method: "POST", body: { kind, name: view.name, query, shared } });
      await onChanged();
    } catch (error) {
      show({ kind: "problem", title: "It could not be brought back", description: problemSentence(error) });
    }
  }

  const remove = () =>
    run(async () => {
      await fetchJson(`${path}/${view.id}`, { method: "DELETE" });
      show({ title: `“${view.name}” was deleted`, undo: { run: () => void bringBack() } });
      await onChanged();
    });

  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) void rename();
      }}
    >
      <div className="flex items-start gap-2">
        <Field label={`Name of ${view.name}`} hideLabel error={fields.name} className="flex-1">
          <Input
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {view.shared ? <Badge className="mt-1.5">Everybody</Badge> : null}
        {changed ? (
          <Button type="submit" busy={busy}>
            Rename
          </Button>
        ) : null}
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Delete ${view.name}`}
          disabled={busy}
          onClick={() => void remove()}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      <FormProblem problem={problem} />
    </form>
  );
}
