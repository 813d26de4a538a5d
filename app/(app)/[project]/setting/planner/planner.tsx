"use client";

import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { usePreview } from "@/components/form/use-preview";
import { useSubmit } from "@/components/form/use-submit";
import { Card } from "@/components/ui/card";
import { ApiProblem, fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import {
  plannerAnswerSchema,
  type PlannerGoal,
  plannerGoalSchema,
  type PlannerPreview,
  type PlannerReceipt,
  plannerReceiptSchema,
} from "@/lib/planner/schema";

import { ConfirmCard } from "./confirm-card";
import { draftOf, goalOf, goalView, viewOf } from "./goal-draft";
import { GoalFields } from "./goal-fields";
import { PlanOutcome } from "./plan-outcome";

interface PlannerProps {
  slug: string;
  /** Where the goal begins when the address says nothing. */
  start: PlannerGoal;
  /** Of the goal in the address. */
  preview: PlannerPreview;
  attributes: readonly { attribute: string; values: number; watched: boolean }[];
}

const read = (goal: unknown) => plannerGoalSchema.safeParse(goal).data ?? null;
const parse = (json: unknown) => {
  const answer = plannerAnswerSchema.parse(json);
  if ("no_boundary" in answer)
    throw new ApiProblem(409, { detail: "There is no boundary any more. Reload the page." });
  return answer;
};

/** The goal as a form, what it takes, and putting it in force. */
export function Planner({ slug, start, preview: first, attributes }: PlannerProps) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [view, setView] = useQueryStates(goalView, { shallow: true, history: "replace" });
  const [receipt, setReceipt] = useState<PlannerReceipt | null>(null);
  const draft = draftOf(view, start);
  const wanted = goalOf(draft);
  const path = `/api/v1/projects/${slug}/planner/preview`;
  const { preview, ...asked } = usePreview({ path, wanted, saved: first.goal, ofSaved: first, read, parse });
  const change = (part: Partial<typeof draft>) => void setView(viewOf({ ...draft, ...part }));
  const faults = plannerGoalSchema.safeParse(wanted).error?.issues ?? [];
  const errors = Object.fromEntries(faults.map((issue) => [String(issue.path[0]), issue.message]));

  async function confirm() {
    const done = await run(async () => {
      const written = await fetchJson(`/api/v1/projects/${slug}/planner`, {
        method: "POST",
        body: {
          ...preview.goal,
          reviews_per_week: preview.reviews_per_week,
          sampling_version: preview.sampling_version,
          monitor_version: preview.monitor_version,
        },
        parse: (json) => plannerReceiptSchema.parse(json),
      });
      setReceipt(written);
    });
    if (!done) return;
    show({ title: "The plan is in force", description: "It counts for what arrives from now on." });
    router.refresh();
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <Card title="Goal">
        <div className="flex flex-col gap-4">
          <GoalFields
            draft={draft}
            onChange={change}
            attributes={attributes}
            needed={preview.needed}
            present={preview.present}
            overall={preview.overall}
            errors={{ ...fields, ...errors }}
          />
        </div>
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <PlanOutcome
          slug={slug}
          preview={preview}
          problem={asked.incomplete ? "Complete the goal to see what it takes." : asked.problem}
          pending={asked.pending}
          leftOut={draft.leftOut}
          onLeaveOut={(value, out) =>
            change({
              leftOut: out ? [...draft.leftOut, value] : draft.leftOut.filter((each) => each !== value),
            })
          }
        />
        <FormProblem problem={problem} />
        <ConfirmCard
          slug={slug}
          preview={preview}
          settled={!asked.pending && !asked.incomplete && asked.problem === null}
          busy={busy}
          receipt={receipt}
          onConfirm={() => void confirm()}
        />
      </div>
    </div>
  );
}
