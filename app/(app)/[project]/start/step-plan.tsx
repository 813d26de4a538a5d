"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button, LinkButton } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { formatCount, formatDrop, formatPercent } from "@/lib/core/format";

export interface PlanStepProps {
  slug: string;
  /** The plan in force, as its address takes it. */
  plan: Readonly<Record<string, unknown>> & { version: number };
  choices: readonly { reviewsPerWeek: number; finds: number | null; inForce: boolean }[];
  weeks: number;
  usual: number;
  isKnown: boolean;
}

/** How many reviews a week, and what they would notice. */
export function PlanStep({ slug, plan, choices, weeks, usual, isKnown }: PlanStepProps) {
  const router = useRouter();
  const { busy, problem, run } = useSubmit();
  const inForce = choices.find((choice) => choice.inForce)?.reviewsPerWeek ?? 0;
  const [chosen, setChosen] = useState(inForce);

  async function use() {
    const done = await run(async () => {
      if (chosen !== inForce) {
        const { version, created_at: _at, created_by: _by, ...settings } = plan;
        await fetchJson(`/api/v1/projects/${slug}/plan`, {
          method: "POST",
          body: { ...settings, reviews_per_week: chosen, base_version: version },
        });
      }
      await fetchJson(`/api/v1/projects/${slug}/start/steps`, {
        method: "PUT",
        body: { step: "plan", settled: true },
      });
    });
    if (!done) return;
    router.push(`/${slug}/start`, { scroll: false });
    router.refresh();
  }

  return (
    <div className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <RadioGroup
        legend={`Reviews a week, and the smallest drop that they notice within ${weeks} weeks`}
        name="reviews"
        value={String(chosen)}
        onChange={(value) => setChosen(Number(value))}
        options={choices.map(({ reviewsPerWeek, finds }) => ({
          value: String(reviewsPerWeek),
          label: formatCount(reviewsPerWeek),
          hint: finds === null ? "too few to notice any" : formatDrop(finds),
        }))}
      />
      <p className="max-w-prose text-xs text-subtle text-pretty">
        In four of five cases,{" "}
        {isKnown
          ? `where ${formatPercent(usual)} are right as is usual here.`
          : `if ${formatPercent(usual)} are right; your pilot will say.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={busy} onClick={() => void use()}>
          {chosen === inForce ? "Keep this plan" : `Use ${formatCount(chosen)} a week`}
        </Button>
        <LinkButton variant="ghost" href={`/${slug}/setting/planner`}>
          Plan by segment
        </LinkButton>
      </div>
    </div>
  );
}
