"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { PlanPreview, PlanSettings } from "@/lib/sampling/schema";
import { PlanFields } from "./plan-fields";
import { PlanMeaning } from "./plan-meaning";
import { PlanVersions, type ShownVersion } from "./plan-versions";
import { type PlanDraft, draftOf, settingsOf } from "./plan-draft";
import { usePreview } from "./use-preview";

interface SamplingPlanProps {
  slug: string;
  version: number;
  settings: PlanSettings;
  attributes: readonly { attribute: string; values: number }[];
  preview: PlanPreview;
  versions: readonly ShownVersion[];
}

/** The plan as a form, what it means while it is being changed, and the versions before it. */
export function SamplingPlan({ slug, version, settings, attributes, preview, versions }: SamplingPlanProps) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(settings));
  const wanted = settingsOf(draft, settings);
  const meaning = usePreview(slug, wanted, settings, preview);
  const changed = JSON.stringify(wanted) !== JSON.stringify(settings);

  async function save(next: PlanSettings, message: string) {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/plan`, {
        method: "POST",
        body: { ...next, base_version: version },
      });
    });
    if (!done) return;
    show({ title: message, description: "It counts for what arrives from now on." });
    router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void save(wanted, "The plan is saved");
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <Card title="Plan" description={`Version ${version} is in force.`}>
          <form onSubmit={submit} className="flex flex-col gap-4">
            <FormProblem problem={problem} />
            <PlanFields
              draft={draft}
              onChange={(change) => setDraft({ ...draft, ...change })}
              attributes={attributes}
              hasTraffic={preview.days > 0}
              needs={settings.needs}
              plannedAttribute={settings.attribute}
              errors={fields}
            />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" busy={busy} disabled={!changed}>
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
        <PlanMeaning
          settings={wanted}
          preview={meaning.preview}
          problem={meaning.problem}
          pending={meaning.pending}
          changed={changed}
        />
      </div>
      <div id="versions">
        <PlanVersions
          versions={versions}
          busy={busy}
          onUse={(earlier) => void save(earlier, "The earlier plan is in force again")}
        />
      </div>
    </div>
  );
}
