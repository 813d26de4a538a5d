"use client";

import { type FormEvent, useState } from "react";

import { KIND_WORDS, routesSentence } from "@/components/alert/channel-sentences";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox, Radio } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ChannelRow, SavedChannel } from "@/lib/alert/schema";
import { CHANNEL_KINDS } from "@/lib/alert/channel-kind";
import { changeBody, type ChannelDraft, createBody, digestMinuteOf, draftOf } from "./channel-draft";
import { RouteEditor } from "./route-editor";
import { TargetFields } from "./target-fields";

/** A new channel, or what there is to change about one. */
export function ChannelForm({
  slug,
  timeZone,
  before,
  hasMail,
  onSaved,
}: {
  slug: string;
  timeZone: string;
  before: ChannelRow | null;
  hasMail: boolean;
  onSaved: (saved: SavedChannel) => void;
}) {
  const { busy, problem, fields, run } = useSubmit();
  const [draft, setDraft] = useState<ChannelDraft>(() => draftOf(before));
  const change = (changed: Partial<ChannelDraft>) => setDraft((known) => ({ ...known, ...changed }));
  const path = `/api/v1/projects/${slug}/alert-channels`;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    await run(async () => {
      const saved = before
        ? await fetchJson<SavedChannel>(`${path}/${before.id}`, {
            method: "PATCH",
            body: changeBody(draft, before),
          })
        : await fetchJson<SavedChannel>(path, { method: "POST", body: createBody(draft) });
      onSaved(saved);
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      {before ? null : (
        <FieldGroup legend="How">
          <div className="grid gap-3 sm:grid-cols-2">
            {CHANNEL_KINDS.map((kind) => (
              <Radio
                key={kind}
                name="kind"
                value={kind}
                label={KIND_WORDS[kind].label}
                hint={KIND_WORDS[kind].what}
                checked={draft.kind === kind}
                onChange={() => change({ kind, destination: "", secret: "" })}
              />
            ))}
          </div>
        </FieldGroup>
      )}
      <Field label="Name" hint="As people call it, for example #ops." error={fields.name} required>
        <Input
          value={draft.name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <TargetFields draft={draft} before={before} errors={fields} hasMail={hasMail} onChange={change} />
      <RouteEditor routes={draft.routes} onChange={(routes) => change({ routes })} />
      <p
        className="rounded-md bg-accent-soft px-3 py-2 text-sm text-accent-ink text-pretty"
        aria-live="polite"
      >
        {routesSentence(draft.name.trim() === "" ? "it" : draft.name, draft.routes, digestMinuteOf(draft))}
      </p>
      <Times draft={draft} timeZone={timeZone} error={fields["quiet.to"]} onChange={change} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy}>
          {before ? "Save" : "Add channel"}
        </Button>
      </div>
    </form>
  );
}

function Times({
  draft,
  timeZone,
  error,
  onChange,
}: {
  draft: ChannelDraft;
  timeZone: string;
  error: string | undefined;
  onChange: (change: Partial<ChannelDraft>) => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      {draft.routes.some(({ timing }) => timing === "digest") ? (
        <Field
          label="When the digest goes out"
          hint={`Every day on which there is news, ${timeZone}.`}
          className="sm:max-w-56"
        >
          <Input
            type="time"
            value={draft.digestAt}
            onChange={(event) => onChange({ digestAt: event.target.value })}
          />
        </Field>
      ) : null}
      <Checkbox
        label="Quiet hours"
        hint="What falls into them is not lost: it comes as one message when they end."
        checked={draft.isQuiet}
        onChange={(event) => onChange({ isQuiet: event.target.checked })}
      />
      {draft.isQuiet ? (
        <div className="flex flex-col gap-3 rounded-lg border border-line bg-sunken/60 p-3">
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="From">
              <Input
                type="time"
                value={draft.quietFrom}
                onChange={(event) => onChange({ quietFrom: event.target.value })}
              />
            </Field>
            <Field label="To" hint={timeZone} error={error}>
              <Input
                type="time"
                value={draft.quietTo}
                onChange={(event) => onChange({ quietTo: event.target.value })}
              />
            </Field>
          </div>
          <Checkbox
            label="Saturdays and Sundays all day"
            checked={draft.weekends}
            onChange={(event) => onChange({ weekends: event.target.checked })}
          />
          <Checkbox
            label="Critical incidents come through"
            checked={draft.exceptCritical}
            onChange={(event) => onChange({ exceptCritical: event.target.checked })}
          />
        </div>
      ) : null}
      {draft.kind === "email" ? (
        <Checkbox
          label="Weekly digest on Monday mornings"
          hint="How accuracy was last week, with its chart, and what is open."
          checked={draft.weekly}
          onChange={(event) => onChange({ weekly: event.target.checked })}
        />
      ) : null}
    </div>
  );
}
