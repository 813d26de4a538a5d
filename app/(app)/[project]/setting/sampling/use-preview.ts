"use client";

import { usePreview as useAnyPreview } from "@/components/form/use-preview";
import {
  type PlanPreview,
  type PlanSettings,
  planPreviewSchema,
  planSettingsSchema,
} from "@/lib/sampling/schema";

const read = (settings: unknown) => planSettingsSchema.safeParse(settings).data ?? null;
const parse = (answer: unknown) => planPreviewSchema.parse(answer);

/** What the settings of a sampling plan would mean. */
export function usePreview(slug: string, wanted: PlanSettings, saved: PlanSettings, ofSaved: PlanPreview) {
  const path = `/api/v1/projects/${slug}/plan/preview`;
  const { incomplete, problem, ...rest } = useAnyPreview({ path, wanted, saved, ofSaved, read, parse });
  return { ...rest, problem: incomplete ? "Complete the plan to see what it means." : problem };
}
