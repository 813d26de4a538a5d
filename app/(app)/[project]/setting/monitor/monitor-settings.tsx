"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { fetchJson } from "@/components/ui/fetch-json";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import {
  type MonitorMeaning,
  type MonitorSettings,
  monitorSettingsSchema,
  type WatchedAttribute,
} from "@/lib/monitor/schema";

import { draftOf, settingsOf, type TypedSettings } from "./monitor-draft";
import { MonitorFields } from "./monitor-fields";
import { driftWords } from "./monitor-words";
import { MonitorMeaningCard } from "./monitor-meaning";
import { MonitorVersions, type ShownVersion } from "./monitor-versions";
import { settingsOfVersion } from "./settings-of-version";
import { useMonitorPreview } from "./use-monitor-preview";

interface MonitorSettingsProps {
  slug: string;
  /** The settings in force, or those that monitoring would begin with. */
  settings: MonitorSettings;
  meaning: MonitorMeaning;
  known: readonly WatchedAttribute[];
  versions: readonly ShownVersion[];
}

/** What is watched as a form, what it means while it is being changed, and the versions before it. */
export function MonitorSettingsForm({ slug, settings, meaning, known, versions }: MonitorSettingsProps) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [note, setNote] = useState("");
  const version = versions[0]?.version ?? 0;
  const wanted = settingsOf(draft);
  const saved = settingsOf(draftOf(settings));
  const preview = useMonitorPreview(slug, wanted, saved, meaning);
  const drift = driftWords(versions[0], meaning.reviews_per_year);
  const changed = JSON.stringify(wanted) !== JSON.stringify(saved);

  async function save(next: TypedSettings, base: number, message: string, undo?: MonitorSettings) {
    const remark = undo && note.trim() !== "" ? { note } : {};
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/monitor`, {
        method: "POST",
        body: { ...next, ...remark, base_version: base },
      });
    });
    if (!done) return;
    const before = base > 0 ? undo : undefined;
    show({
      title: message,
      description: "The detectors start from zero with the next day that is complete.",
      ...(before
        ? { undo: { run: () => void save(before, base + 1, "The version before is in force again") } }
        : {}),
    });
    router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void save(wanted, version, "Monitoring is changed", settings);
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <Card
          title="Settings"
          description={version > 0 ? `Version ${version} is in force.` : "Not in force yet."}
        >
          <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
            <FormProblem problem={problem} />
            {drift ? (
              <Banner tone="warn" title="The sampling plan has changed since">
                {drift}
              </Banner>
            ) : null}
            <MonitorFields
              draft={draft}
              onChange={(change) => setDraft({ ...draft, ...change })}
              known={known}
              meaning={preview.preview}
              settings={monitorSettingsSchema.safeParse(wanted).data ?? null}
              errors={fields}
            />
            {changed ? (
              <Field label="Remark" hint="Why it is changed; shown with the version." error={fields.note}>
                <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
              </Field>
            ) : null}
            <div className="flex flex-wrap gap-2">
              <Button
                type="submit"
                variant="primary"
                busy={busy}
                disabled={!changed && version > 0 && drift === null}
              >
                Save as version {version + 1}
              </Button>
              {changed ? (
                <Button variant="ghost" onClick={() => setDraft(draftOf(settings))}>
                  Discard
                </Button>
              ) : null}
            </div>
          </form>
        </Card>
        <MonitorMeaningCard
          slug={slug}
          meaning={preview.preview}
          problem={preview.incomplete ? "Complete the settings to see what they mean." : preview.problem}
          pending={preview.pending}
          changed={changed && version > 0}
        />
      </div>
      <div id="versions">
        <MonitorVersions
          versions={versions}
          busy={busy}
          onUse={(earlier) =>
            void save(settingsOfVersion(earlier), version, `Version ${earlier.version} is in force again`)
          }
        />
      </div>
    </div>
  );
}
