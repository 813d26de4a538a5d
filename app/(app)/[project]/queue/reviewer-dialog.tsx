"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox, Switch } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { Skills } from "@/lib/review/reviewer-schema";
import type { ListedPerson } from "./reviewer-table";

interface Draft {
  paused: boolean;
  target: string;
  skills: Skills;
}

/** Pauses somebody, sets their goal, and says which part of the queue they are given. */
export function ReviewerDialog({
  slug,
  person,
  segments,
}: {
  slug: string;
  person: ListedPerson;
  segments: readonly { attribute: string; value: string }[];
}) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(person));

  const send = (change: Draft) =>
    fetchJson(`/api/v1/projects/${slug}/reviewers/${person.userId}`, {
      method: "PATCH",
      body: bodyOf(change),
    });

  async function undo(before: Draft) {
    try {
      await send(before);
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  }

  async function save() {
    const before = draftOf(person);
    const saved = await run(async () => {
      await send(draft);
    });
    if (!saved) return;
    setOpen(false);
    show({ title: `Saved for ${person.name}`, undo: { run: () => void undo(before) } });
    router.refresh();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) setDraft(draftOf(person));
        setOpen(next);
      }}
      title={person.name}
      description="What is drawn for review, and in which order, stays the same whatever you choose here."
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Change what ${person.name} is given`}>
          Change
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Switch
          label="Paused"
          hint="Is given nothing new; what is on the screen can be finished."
          checked={draft.paused}
          onChange={(event) => setDraft({ ...draft, paused: event.target.checked })}
        />
        <Field
          label="Goal: reviews a week (optional)"
          hint="A goal, not a limit."
          error={fields.target_per_week}
        >
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={10_000}
            className="w-32"
            value={draft.target}
            onChange={(event) => setDraft({ ...draft, target: event.target.value })}
          />
        </Field>
        <SkillFields
          skills={draft.skills}
          segments={segments}
          onChange={(skills) => setDraft({ ...draft, skills })}
        />
        <FormProblem problem={problem ?? fields.skills ?? null} />
      </div>
    </Dialog>
  );
}

function SkillFields({
  skills,
  segments,
  onChange,
}: {
  skills: Skills;
  segments: readonly { attribute: string; value: string }[];
  onChange: (skills: Skills) => void;
}) {
  const attributes = attributeValues(skills, segments);
  if (attributes.length === 0)
    return (
      <p className="text-sm text-muted">The outputs of this project have no segments to divide them by.</p>
    );
  function toggle(attribute: string, value: string, on: boolean) {
    const { [attribute]: chosen = [], ...others } = skills;
    const next = on ? [...chosen, value] : chosen.filter((each) => each !== value);
    onChange(next.length > 0 ? { ...others, [attribute]: next } : others);
  }
  return (
    <FieldGroup
      legend="Is given only"
      hint="Nothing marked: everything. Of each attribute with a mark, an output must have one of the marked values."
    >
      {attributes.map(({ attribute, values }) => (
        <details
          key={attribute}
          open={(skills[attribute]?.length ?? 0) > 0}
          className="rounded-md border border-line px-3 py-2"
        >
          <summary className="cursor-pointer text-sm font-medium text-ink">
            {attribute}
            {skills[attribute] ? (
              <span className="text-muted"> ({skills[attribute].length} marked)</span>
            ) : null}
          </summary>
          <div className="mt-2 grid max-h-56 gap-1.5 overflow-y-auto sm:grid-cols-2">
            {values.map((value) => (
              <Checkbox
                key={value}
                label={value || "(empty)"}
                checked={skills[attribute]?.includes(value) ?? false}
                onChange={(event) => toggle(attribute, value, event.target.checked)}
              />
            ))}
          </div>
        </details>
      ))}
    </FieldGroup>
  );
}

/** What occurs, and what is chosen although it no longer does. */
function attributeValues(skills: Skills, segments: readonly { attribute: string; value: string }[]) {
  const all = new Map<string, Set<string>>();
  const add = (attribute: string, value: string) => {
    const values = all.get(attribute) ?? new Set();
    all.set(attribute, values.add(value));
  };
  for (const { attribute, value } of segments) add(attribute, value);
  for (const [attribute, values] of Object.entries(skills)) for (const value of values) add(attribute, value);
  return [...all].map(([attribute, values]) => ({ attribute, values: [...values] }));
}

function draftOf(person: ListedPerson): Draft {
  return { paused: person.paused, target: person.targetPerWeek?.toString() ?? "", skills: person.skills };
}

function bodyOf({ paused, target, skills }: Draft) {
  return { paused, skills, target_per_week: target.trim() === "" ? null : Number(target) };
}
