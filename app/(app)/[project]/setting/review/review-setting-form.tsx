"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { NumberField } from "@/components/form/number-field";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { fetchJson } from "@/components/ui/fetch-json";
import { Textarea } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { ReviewSetting } from "@/lib/review/setting-schema";

import { draftOf, imageHostError, type SettingDraft, settingOf } from "./setting-draft";

const MODES = [
  {
    value: "BLIND_FIRST",
    label: "The reviewer answers first",
    hint: "They see the output only after they have said what is right. Nobody can be led by what they see.",
  },
  {
    value: "OUTPUT_FIRST",
    label: "The output comes first",
    hint: "Quicker where answers are long. People tend to agree with what they are shown; a part is still answered first, at random, so that this can be measured.",
  },
];

/** How reviews are done, as one form. */
export function ReviewSettingForm({
  slug,
  setting,
  mix,
}: {
  slug: string;
  setting: ReviewSetting;
  /** What the share of known items that is in force means. */
  mix: string;
}) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [draft, setDraft] = useState(() => draftOf(setting));
  const wanted = settingOf(draft);
  const changed = JSON.stringify(wanted) !== JSON.stringify(settingOf(draftOf(setting)));

  async function save(body: unknown, undo?: ReviewSetting) {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/review-setting`, { method: "PATCH", body });
    });
    if (!done) return;
    show({
      title: "Saved",
      description: "It counts from the next item on; what is open on a screen stays as it is.",
      ...(undo ? { undo: { run: () => void save(undo) } } : {}),
    });
    router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void save(wanted, setting);
  }

  return (
    <Card title="How reviews are done">
      <form onSubmit={submit} className="flex flex-col gap-6" noValidate>
        <FormProblem problem={problem} />
        <Fields
          draft={draft}
          mix={mix}
          errors={fields}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={busy} disabled={!changed}>
            Save
          </Button>
          {changed ? (
            <Button variant="ghost" onClick={() => setDraft(draftOf(setting))}>
              Discard
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}

function Fields({
  draft,
  mix,
  errors,
  onChange,
}: {
  draft: SettingDraft;
  mix: string;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<SettingDraft>) => void;
}) {
  return (
    <>
      <div className="flex flex-col gap-3">
        <RadioGroup
          legend="What comes first"
          name="mode"
          value={draft.mode}
          options={MODES}
          onChange={(mode) => onChange({ mode: mode === "OUTPUT_FIRST" ? "OUTPUT_FIRST" : "BLIND_FIRST" })}
        />
        {draft.mode === "OUTPUT_FIRST" ? (
          <NumberField
            label="Answered first all the same"
            unit="% of outputs, at random"
            value={draft.blindArm}
            error={errors.blind_arm_share}
            hint="The smaller the part, the longer it takes to see whether people are led."
            onChange={(blindArm) => onChange({ blindArm })}
          />
        ) : null}
      </div>
      <div className="flex flex-col gap-3">
        <NumberField
          label="Items with a known answer"
          unit="% of what a reviewer gets"
          value={draft.goldShare}
          error={errors.gold_share}
          hint="They look like all others and never count towards accuracy. They show how many errors a reviewer finds."
          onChange={(goldShare) => onChange({ goldShare })}
        />
        <p className="text-sm text-muted">{mix}</p>
        <NumberField
          label="Taken out of service after"
          unit="people"
          step="1"
          value={draft.goldViews}
          error={errors.gold_views}
          hint="Nobody gets the same one twice. What many have seen is talked about sooner or later."
          onChange={(goldViews) => onChange({ goldViews })}
        />
      </div>
      <div className="flex flex-col gap-3">
        <NumberField
          label="Own old items again"
          unit="a week for each reviewer"
          step="1"
          value={draft.repeatPerWeek}
          error={errors.repeat_per_week}
          hint="They show whether somebody still judges as they did. 0 switches it off."
          onChange={(repeatPerWeek) => onChange({ repeatPerWeek })}
        />
        <NumberField
          label="Not before"
          unit="days after the first time"
          step="1"
          value={draft.repeatAfterDays}
          error={errors.repeat_after_days}
          onChange={(repeatAfterDays) => onChange({ repeatAfterDays })}
        />
      </div>
      <Field
        label="Hosts that images may come from"
        hint="One a line, exactly as in the address, like images.example.com. Where an input or output names an image there (https), reviewers see the image. Its server learns their network address, not which page they are on. Without a host nothing is loaded."
        error={imageHostError(draft, errors)}
      >
        <Textarea
          rows={3}
          value={draft.imageHosts}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="None: addresses stay text"
          className="max-w-md font-mono text-sm"
          onChange={(event) => onChange({ imageHosts: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
